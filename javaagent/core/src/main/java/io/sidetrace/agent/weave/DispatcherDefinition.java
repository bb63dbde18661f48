package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Defines the {@link Dispatcher} in {@code java.base}, without touching the boot class path. */
final class DispatcherDefinition {

  /** Internal name of the copy that woven code calls. */
  static final String NAME = "java/lang/SidetraceDispatcher";

  private static final String SOURCE = "io/sidetrace/agent/weave/Dispatcher";

  private DispatcherDefinition() {}

  /** Makes the dispatcher, if this JVM has none yet, and gives it the linker. */
  static void define(java.lang.instrument.Instrumentation jvm, Function<Object[], Object> linker)
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
    connect(dispatcher, linker);
  }

  /** By a method handle of an initialized class: reflection has the JVM make classes for it. */
  private static void connect(Class<?> dispatcher, Function<Object[], Object> linker)
      throws ReflectiveOperationException {
    Class.forName(dispatcher.getName(), true, null);
    MethodHandle connect =
        MethodHandles.publicLookup()
            .findStatic(dispatcher, "connect", MethodType.methodType(void.class, Function.class));
    try {
      connect.invokeExact(linker);
    } catch (Throwable e) {
      throw new InvocationTargetException(e);
    }
  }

  private static @Nullable Class<?> find() {
    try {
      return Class.forName(NAME.replace('/', '.'), false, null);
    } catch (ClassNotFoundException notYet) {
      return null;
    }
  }

  /** Its own name is the only one that changes, wherever the constant pool has it. */
  private static byte[] renamedClassFile() throws IOException {
    ClassLoader loader = Dispatcher.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(SOURCE + ".class")) {
      if (in == null) {
        throw new IOException("the agent jar lacks " + SOURCE + "; build it again");
      }
      return ConstantPool.rename(in.readAllBytes(), SOURCE, NAME);
    }
  }
}
