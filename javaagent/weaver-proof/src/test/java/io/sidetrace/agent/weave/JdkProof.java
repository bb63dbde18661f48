package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Weaves every class of this JDK and has the JVM verify each in its place, in a JVM of its own with
 * {@code -XX:+BytecodeVerificationLocal}.
 *
 * <p>A woven {@code java.lang.String} must not come to life, since all the JVM would run through
 * it. So each class is redefined together with one that the JVM always refuses: it verifies the
 * first, refuses the second, and installs neither. Which of the two it complained of is the result.
 */
public final class JdkProof {

  private static final String REFUSED = "attempted to add a method";

  /** Redefined with one method more, which the JVM refuses. */
  static final class Stopper {}

  private final Instrumentation jvm = ByteBuddyAgent.getInstrumentation();
  private final ClassDefinition stopper = new ClassDefinition(Stopper.class, withOneMethodMore());
  private final Tally tally = new Tally();

  private JdkProof() throws IOException {}

  /** Prints the tally; exits with 1 if a class failed. */
  public static void main(String[] args) throws Exception {
    var proof = new JdkProof();
    proof.mustDetectABrokenClass();
    FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
    try (Stream<Path> files = Files.walk(jdk.getPath("/modules"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class") && file.getNameCount() > 3) {
          proof.prove(file);
        }
      }
    }
    proof.tally.failures.forEach(System.out::println);
    System.out.println(proof.tally);
    System.exit(proof.tally.failures.isEmpty() ? 0 : 1);
  }

  private void prove(Path file) throws IOException {
    String module = file.getName(1).toString();
    Class<?> type = find(module, file.subpath(2, file.getNameCount()).toString());
    if (type == null || !jvm.isModifiableClass(type)) {
      tally.leave("not loadable or not modifiable");
      return;
    }
    byte[] original = Files.readAllBytes(file);
    EveryMethod.Outcome outcome = EveryMethod.weave(original);
    tally.leave(outcome.refusals());
    if (outcome.methods() == 0) {
      return;
    }
    String complaint = verify(type, outcome.classFile());
    if (complaint == null) {
      tally.proven(outcome.methods());
    } else if (complaint.equals(verify(type, original))) {
      tally.leave(
          "not redefinable as it is: the JVM itself rewrites events of its flight recorder");
    } else {
      tally.failures.add(module + "/" + type.getName() + ": " + complaint);
    }
  }

  private static Class<?> find(String module, String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    return ModuleLayer.boot()
        .findModule(module)
        .map(
            loaded -> {
              try {
                return Class.forName(loaded, name);
              } catch (LinkageError e) {
                return null;
              }
            })
        .orElse(null);
  }

  /**
   * @return null if the JVM accepts the class
   */
  private String verify(Class<?> type, byte[] classFile) {
    try {
      jvm.redefineClasses(new ClassDefinition(type, classFile), stopper);
      return "the JVM did not refuse the second class";
    } catch (UnsupportedOperationException e) {
      return e.getMessage().contains(REFUSED) ? null : e.toString();
    } catch (ClassNotFoundException | java.lang.instrument.UnmodifiableClassException | Error e) {
      return e.toString();
    }
  }

  /**
   * Without this the proof could be one of nothing: verification may be off for the JDK's classes.
   */
  private void mustDetectABrokenClass() throws IOException {
    byte[] woven = EveryMethod.weave(bytesOf(java.util.ArrayList.class)).classFile();
    var writer = new ClassWriter(0);
    new ClassReader(woven).accept(new WithoutFrames(writer), 0);
    String complaint = verify(java.util.ArrayList.class, writer.toByteArray());
    if (complaint == null || !complaint.contains("VerifyError")) {
      throw new IllegalStateException("this JVM verifies nothing: " + complaint);
    }
  }

  private static byte[] withOneMethodMore() throws IOException {
    var reader = new ClassReader(bytesOf(Stopper.class));
    var writer = new ClassWriter(reader, 0);
    reader.accept(writer, 0);
    MethodVisitor more =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "more", "()V", null, null);
    more.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static final class WithoutFrames extends ClassVisitor {

    WithoutFrames(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitFrame(int type, int locals, Object[] local, int depth, Object[] stack) {}
      };
    }
  }
}
