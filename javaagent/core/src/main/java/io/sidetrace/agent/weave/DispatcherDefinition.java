package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/** Defines the {@link Dispatcher} in {@code java.base}, without touching the boot class path. */
final class DispatcherDefinition {

  /** Internal name of the copy that woven code calls. */
  static final String NAME = "java/lang/SidetraceDispatcher";

  private static final String SOURCE = "io/sidetrace/agent/weave/Dispatcher";

  private DispatcherDefinition() {}

  /** Makes the dispatcher, if this JVM has none yet, and gives it the linker. */
  static void define(java.lang.instrument.Instrumentation jvm, MethodHandle linker)
      throws IOException, ReflectiveOperationException {
    Class<?> dispatcher = find();
    if (dispatcher == null) {
      jvm.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(DispatcherDefinition.class.getModule())),
          Set.of(),
          Map.of());
      dispatcher =
          MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
              .defineClass(renamedClassFile());
    }
    MethodHandle connect =
        MethodHandles.publicLookup()
            .findStatic(
                dispatcher, "connect", MethodType.methodType(void.class, MethodHandle.class));
    try {
      connect.invoke(linker);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot connect " + dispatcher.getName(), e);
    }
  }

  private static @Nullable Class<?> find() {
    try {
      return Class.forName(NAME.replace('/', '.'), false, null);
    } catch (ClassNotFoundException notYet) {
      return null;
    }
  }

  private static byte[] renamedClassFile() throws IOException {
    ClassLoader loader = Dispatcher.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(SOURCE + ".class")) {
      if (in == null) {
        throw new IOException("the agent jar lacks " + SOURCE + "; build it again");
      }
      var writer = new ClassWriter(0);
      var renaming = new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, SOURCE, NAME));
      new ClassReader(in.readAllBytes()).accept(renaming, ClassReader.SKIP_DEBUG);
      return writer.toByteArray();
    }
  }
}
