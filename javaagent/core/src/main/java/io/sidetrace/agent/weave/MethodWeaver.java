package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Gives one method the fixed shape. The token lives in the local behind the method's own, and every
 * call is an invokedynamic whose linked handle throws nothing:
 *
 * <pre>
 *   token = enter(this, arguments…)
 *   argument = replace(argument, token)        for each replaced one
 *   body, and before each return:
 *     result = exit(result, token, null)
 *   handler over the body, but not over exit and return:
 *     thrown(throwable, token)
 *     athrow
 * </pre>
 *
 * <p>References travel as Object and are cast back: a descriptor with their types would have the
 * JVM load them before our bootstrap runs, and one that is missing would then fail the application.
 */
final class MethodWeaver extends MethodVisitor {

  private static final String OBJECT = "java/lang/Object";

  private static final Handle BOOTSTRAP =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          DispatcherDefinition.NAME,
          "link",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
          false);

  private final boolean isStatic;
  private final Type[] arguments;
  private final Type result;
  private final Rule rule;
  private final int number;
  private final int maxLocals;
  private final int token;
  private final List<Label> rangeStarts = new ArrayList<>();
  private final List<Label> rangeEnds = new ArrayList<>();

  /**
   * @param number the rule's, for the linker
   * @param maxLocals of the method as it comes here
   */
  MethodWeaver(
      MethodVisitor next, int access, String descriptor, Rule rule, int number, int maxLocals) {
    super(Opcodes.ASM9, next);
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.result = Type.getReturnType(descriptor);
    this.rule = rule;
    this.number = number;
    this.maxLocals = maxLocals;
    this.token = maxLocals;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    enter();
    for (Rule.Replacement replacement : rule.replacements) {
      replaceArgument(replacement.index());
    }
    startRange();
  }

  @Override
  public void visitInsn(int opcode) {
    boolean isReturn = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    if (!isReturn) {
      super.visitInsn(opcode);
      return;
    }
    endRange();
    exit();
    super.visitInsn(opcode);
    startRange();
  }

  /** Frames come expanded. The token stands behind all locals, so the unused ones are filled up. */
  @Override
  public void visitFrame(
      int type, int localCount, Object[] local, int stackCount, Object @Nullable [] stack) {
    Object[] padded = new Object[maxLocals + 1];
    int slots = 0;
    for (int i = 0; i < localCount; i++) {
      padded[i] = local[i];
      slots += isWide(local[i]) ? 2 : 1;
    }
    int count = localCount;
    for (; slots < maxLocals; slots++) {
      padded[count++] = Opcodes.TOP;
    }
    padded[count++] = OBJECT;
    super.visitFrame(Opcodes.F_NEW, count, padded, stackCount, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocalsAgain) {
    endRange();
    var handler = new Label();
    boolean covered = false;
    for (int i = 0; i < rangeStarts.size(); i++) {
      Label start = rangeStarts.get(i);
      Label end = rangeEnds.get(i);
      // A return that follows a return leaves nothing to cover, and an empty range is invalid.
      if (start.getOffset() < end.getOffset()) {
        super.visitTryCatchBlock(start, end, handler, null);
        covered = true;
      }
    }
    if (covered) {
      handler(handler);
    }
    int deepest = Math.max(maxStack + 2, Math.max(argumentSlots(arguments.length), 3));
    super.visitMaxs(deepest, maxLocals + 1);
  }

  private void enter() {
    var descriptor = new StringBuilder("(");
    int local = 0;
    if (!isStatic) {
      super.visitVarInsn(Opcodes.ALOAD, local++);
      descriptor.append("Ljava/lang/Object;");
    }
    for (Type argument : arguments) {
      super.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
      descriptor.append(erased(argument));
    }
    call("enter", descriptor.append(")Ljava/lang/Object;").toString(), 0, result);
    super.visitVarInsn(Opcodes.ASTORE, token);
  }

  private void replaceArgument(int index) {
    Type type = arguments[index];
    int local = argumentSlots(index);
    super.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
    super.visitVarInsn(Opcodes.ALOAD, token);
    String erased = erased(type);
    call("replace", "(" + erased + "Ljava/lang/Object;)" + erased, index, type);
    castTo(type);
    super.visitVarInsn(type.getOpcode(Opcodes.ISTORE), local);
  }

  private void exit() {
    super.visitVarInsn(Opcodes.ALOAD, token);
    super.visitInsn(Opcodes.ACONST_NULL);
    String erased = erased(result);
    String value = result.equals(Type.VOID_TYPE) ? "" : erased;
    call("exit", "(" + value + "Ljava/lang/Object;Ljava/lang/Throwable;)" + erased, 0, result);
    castTo(result);
  }

  /** The frame knows nothing of the method's locals, since a throw may come from anywhere. */
  private void handler(Label handler) {
    super.visitLabel(handler);
    Object[] locals = new Object[maxLocals + 1];
    Arrays.fill(locals, 0, maxLocals, Opcodes.TOP);
    locals[token] = OBJECT;
    super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    super.visitInsn(Opcodes.DUP);
    super.visitVarInsn(Opcodes.ALOAD, token);
    call("thrown", "(Ljava/lang/Throwable;Ljava/lang/Object;)V", 0, result);
    super.visitInsn(Opcodes.ATHROW);
  }

  private void call(String step, String descriptor, int argument, Type value) {
    super.visitInvokeDynamicInsn(
        step, descriptor, BOOTSTRAP, number, argument, value.getDescriptor());
  }

  private void castTo(Type type) {
    if (type.getSort() >= Type.ARRAY && !type.getInternalName().equals(OBJECT)) {
      super.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    }
  }

  private static boolean isWide(Object frameType) {
    return frameType.equals(Opcodes.LONG) || frameType.equals(Opcodes.DOUBLE);
  }

  private static String erased(Type type) {
    return type.getSort() >= Type.ARRAY ? "Ljava/lang/Object;" : type.getDescriptor();
  }

  /** Where the argument at {@code index} is, or, for the number of them, where they end. */
  private int argumentSlots(int index) {
    int slots = isStatic ? 0 : 1;
    for (int i = 0; i < index; i++) {
      slots += arguments[i].getSize();
    }
    return slots;
  }

  private void startRange() {
    var label = new Label();
    super.visitLabel(label);
    rangeStarts.add(label);
  }

  private void endRange() {
    var label = new Label();
    super.visitLabel(label);
    rangeEnds.add(label);
  }
}
