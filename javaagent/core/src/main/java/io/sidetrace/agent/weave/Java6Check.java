package io.sidetrace.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Whether a class file of Java 6 may become one of Java 7, which has invokedynamic. The
 * instructions mean the same, but of Java 7 on subroutines are forbidden, and where frames are
 * missing the JVM no longer falls back to the verifier that needs none. Every method counts, woven
 * or not.
 */
final class Java6Check extends ClassVisitor {
  private boolean withoutFrames;

  private Java6Check() {
    super(Opcodes.ASM9);
  }

  static boolean passes(ClassReader reader) {
    var check = new Java6Check();
    reader.accept(check, ClassReader.SKIP_DEBUG);
    return !check.withoutFrames;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new MethodCheck();
  }

  private final class MethodCheck extends MethodVisitor {
    private boolean branches;
    private boolean frames;

    MethodCheck() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      branches = true;
      withoutFrames |= opcode == Opcodes.JSR;
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      branches = true;
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      branches = true;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      branches = true;
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stack, Object[] onStack) {
      frames = true;
    }

    @Override
    public void visitEnd() {
      withoutFrames |= branches && !frames;
    }
  }
}
