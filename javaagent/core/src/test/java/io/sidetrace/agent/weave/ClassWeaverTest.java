package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class ClassWeaverTest {

  private static final Rule RULE = Rule.in("a.B").advice("a.Advice").enter("enter").exit("exit");

  @Test
  void whatHasNoBody_isRefusedWithTheReason() {
    byte[] original =
        classFile(
            Opcodes.V17,
            List.of(
                method(Opcodes.ACC_PUBLIC | Opcodes.ACC_NATIVE, "inNative", "()V"),
                method(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "inAbstract", "()V")));

    Woven woven =
        weave(
            original,
            RULE.method("inNative"),
            RULE.method("inAbstract"),
            RULE.method("<init>"),
            RULE.method("missing", "int"));

    assertThat(woven.classFile()).isNull();
    assertThat(woven.refusals())
        .containsExactly(
            "<init>() is a constructor or static initializer; weave a method instead",
            "inNative() is native and has no body; weave its caller",
            "inAbstract() is abstract and has no body; weave the class that implements it",
            "a.B.missing(int) is not in this version of the class");
  }

  @Test
  void aClassFileOfJava5_isRefused() {
    byte[] original = classFile(Opcodes.V1_5, List.of(method(Opcodes.ACC_PUBLIC, "run", "()V")));

    Woven woven = weave(original, RULE.method("run"));

    assertThat(woven.classFile()).isNull();
    assertThat(woven.refusals()).singleElement().asString().contains("version 49");
  }

  @Test
  void aClassFileOfJava6_becomesOneOfJava7() {
    byte[] original =
        classFile(Opcodes.V1_6, List.of(method(Opcodes.ACC_PUBLIC, "run", "()V"), branch(true)));

    Woven woven = weave(original, RULE.method("run"));

    assertThat(woven.methods()).containsExactly("run()");
    assertThat(woven.classFile()[7]).isEqualTo((byte) Opcodes.V1_7);
  }

  @Test
  void aClassFileOfJava6WithoutAllItsFrames_isRefused() {
    byte[] original =
        classFile(Opcodes.V1_6, List.of(method(Opcodes.ACC_PUBLIC, "run", "()V"), branch(false)));

    Woven woven = weave(original, RULE.method("run"));

    assertThat(woven.classFile()).isNull();
    assertThat(woven.refusals()).singleElement().asString().contains("version 50");
  }

  @Test
  void aClassFileFromTheFuture_isRefused() {
    byte[] original = classFile(Opcodes.V17, List.of(method(Opcodes.ACC_PUBLIC, "run", "()V")));
    original[7] = (byte) 200;

    Woven woven = weave(original, RULE.method("run"));

    assertThat(woven.classFile()).isNull();
    assertThat(woven.refusals()).singleElement().asString().contains("200");
  }

  @Test
  void bytesThatAreNoClass_areRefused() {
    assertThat(weave(new byte[] {1, 2, 3}, RULE.method("run")).refusals()).hasSize(1);
  }

  @Test
  void aMethodThatGrowsTooLarge_leavesTheClassAsItIs() {
    byte[] original =
        classFile(
            Opcodes.V17,
            List.of(
                classWriter -> {
                  MethodVisitor method =
                      classWriter.visitMethod(Opcodes.ACC_PUBLIC, "huge", "()V", null, null);
                  method.visitCode();
                  for (int i = 0; i < 65_530; i++) {
                    method.visitInsn(Opcodes.NOP);
                  }
                  method.visitInsn(Opcodes.RETURN);
                  method.visitMaxs(0, 1);
                  method.visitEnd();
                }));

    Woven woven = weave(original, RULE.method("huge"));

    assertThat(woven.classFile()).isNull();
    assertThat(woven.refusals()).singleElement().asString().contains("MethodTooLarge");
  }

  @Test
  void tooManyArguments_areRefused() {
    String many = "(" + "J".repeat(125) + ")V";
    byte[] original = classFile(Opcodes.V17, List.of(method(Opcodes.ACC_PUBLIC, "many", many)));

    Woven woven = weave(original, RULE.methods("many"));

    assertThat(woven.refusals()).singleElement().asString().contains("too many for a call site");
  }

  @Test
  void anArgumentThatIsNotThere_isNotReplaced() {
    byte[] original = classFile(Opcodes.V17, List.of(method(Opcodes.ACC_PUBLIC, "run", "(I)V")));

    Woven woven = weave(original, RULE.methods("run").replaceArgument(1, "replace"));

    assertThat(woven.refusals()).containsExactly("run(int) has no argument 1 to replace");
  }

  @Test
  void aBridge_isPassedOver_unlessItsTypeIsNamed() {
    byte[] original =
        classFile(
            Opcodes.V17,
            List.of(
                method(Opcodes.ACC_PUBLIC, "get", "()Ljava/lang/String;"),
                method(Opcodes.ACC_PUBLIC | Opcodes.ACC_BRIDGE, "get", "()Ljava/lang/Object;")));

    Woven target = weave(original, RULE.method("get"));
    Woven bridge = weave(original, RULE.method("get").returning("java.lang.Object"));

    assertThat(bodyOf(target, "()Ljava/lang/Object;")).isEqualTo(2);
    assertThat(bodyOf(target, "()Ljava/lang/String;")).isGreaterThan(2);
    assertThat(bodyOf(bridge, "()Ljava/lang/Object;")).isGreaterThan(2);
    assertThat(bodyOf(bridge, "()Ljava/lang/String;")).isEqualTo(2);
  }

  /** The number of instructions of {@code get}. */
  private static int bodyOf(Woven woven, String descriptor) {
    var count = new int[1];
    new ClassReader(woven.classFile())
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return name.equals("get") && type.equals(descriptor) ? counter(count) : null;
              }
            },
            0);
    return count[0];
  }

  private static MethodVisitor counter(int[] count) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitInsn(int opcode) {
        count[0]++;
      }

      @Override
      public void visitVarInsn(int opcode, int local) {
        count[0]++;
      }
    };
  }

  private static Woven weave(byte[] classFile, Rule... rules) {
    var numbered = new ArrayList<NumberedRule>();
    for (Rule rule : rules) {
      numbered.add(new NumberedRule(numbered.size(), rule, "a.", null));
    }
    return ClassWeaver.weave(classFile, numbered);
  }

  private interface Member {
    void write(ClassWriter writer);
  }

  private static byte[] classFile(int version, List<Member> members) {
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT;
    writer.visit(version, access, "a/B", null, "java/lang/Object", null);
    MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(Opcodes.ALOAD, 0);
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    constructor.visitInsn(Opcodes.RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();
    members.forEach(member -> member.write(writer));
    return writer.toByteArray();
  }

  /** A method whose body gives back null or nothing, if it has one. */
  private static Member method(int access, String name, String descriptor) {
    return writer -> {
      MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
      if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0) {
        method.visitCode();
        if (descriptor.endsWith("V")) {
          method.visitInsn(Opcodes.RETURN);
        } else {
          method.visitInsn(Opcodes.ACONST_NULL);
          method.visitInsn(Opcodes.ARETURN);
        }
        method.visitMaxs(0, 0);
      }
      method.visitEnd();
    };
  }

  /** A method with a branch. */
  private static Member branch(boolean withFrame) {
    return writer -> {
      MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "branch", "()V", null, null);
      Label end = new Label();
      method.visitCode();
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitJumpInsn(Opcodes.IFNULL, end);
      method.visitInsn(Opcodes.NOP);
      method.visitLabel(end);
      if (withFrame) {
        method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      }
      method.visitInsn(Opcodes.RETURN);
      method.visitMaxs(0, 0);
      method.visitEnd();
    };
  }
}
