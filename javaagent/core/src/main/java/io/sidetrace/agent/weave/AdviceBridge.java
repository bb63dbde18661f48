package io.sidetrace.agent.weave;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the class that fits one advice method to a call site of {@link MethodWeaver}. Its only
 * method has the site's type, throws nothing the advice throws, and gives back the site's value
 * unchanged where the advice fails, is switched off or has nothing to say:
 *
 * <pre>
 *   static Object call(Object result, Object token, Throwable thrown) {
 *     if (failures.isSwitchedOff()) return result;          // not where enter may have begun a call
 *     try {
 *       return (Response) Advice.exit((Token) token, (Response) result);
 *     } catch (Throwable t) {
 *       failures.failed("Advice.exit", t);
 *       return result;
 *     }
 *   }
 * </pre>
 *
 * <p>A class and no combined method handles: each combination would be a class too, of the JDK's
 * making, and the demo made 115 of them in a start.
 */
final class AdviceBridge {
  static final String METHOD = "call";
  static final String FAILURES = "failures";

  private static final String OWNER = Type.getInternalName(AdviceFailures.class);
  private static final Type THROWABLE = Type.getType(Throwable.class);

  /** Where the value stands that is handed back if there is none of the advice's. */
  private static final int NO_VALUE = -1;

  /** What the site hands over, and in which local it is. */
  private record Value(Type type, int local) {}

  private final String name;
  private final Method advice;
  private final String adviceName;
  private final Type site;
  private final Type value;
  private final boolean whileOn;
  private final MethodVisitor code;

  /**
   * @param name of the class to write, internal
   * @param valueType descriptor of the argument or the result, to which advice's value is cast
   * @param whileOn whether the advice rests when its instrumentation is switched off
   */
  private AdviceBridge(
      String name,
      ClassWriter writer,
      Method advice,
      String adviceName,
      MethodType site,
      String valueType,
      boolean whileOn) {
    this.name = name;
    this.advice = advice;
    this.adviceName = adviceName;
    this.site = Type.getMethodType(site.toMethodDescriptorString());
    this.value = Type.getType(valueType);
    this.whileOn = whileOn;
    this.code =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, METHOD, this.site.getDescriptor(), null, null);
  }

  /**
   * @param step see {@link Dispatcher#link}
   * @param hasEnter whether exit has to end what enter began, even after a switch-off
   * @throws IllegalArgumentException if the advice asks for more than the site has
   */
  static byte[] write(
      String name,
      Method advice,
      String adviceName,
      String step,
      MethodType site,
      String valueType,
      boolean hasEnter) {
    var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    writer.visit(Opcodes.V1_8, access, name, null, "java/lang/Object", null);
    int shared = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    writer.visitField(shared, FAILURES, Type.getDescriptor(AdviceFailures.class), null, null);
    boolean ends = step.equals("exit") || step.equals("thrown");
    new AdviceBridge(name, writer, advice, adviceName, site, valueType, !ends || !hasEnter)
        .write(step);
    return writer.toByteArray();
  }

  private void write(String step) {
    var start = new Label();
    var end = new Label();
    var failed = new Label();
    var passive = new Label();
    int unchanged =
        step.equals("enter") || site.getReturnType().equals(Type.VOID_TYPE) ? NO_VALUE : 0;
    code.visitCode();
    code.visitTryCatchBlock(start, end, failed, null);
    if (whileOn) {
      code.visitFieldInsn(Opcodes.GETSTATIC, name, FAILURES, "L" + OWNER + ";");
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, OWNER, "isSwitchedOff", "()Z", false);
      code.visitJumpInsn(Opcodes.IFNE, passive);
    }
    code.visitLabel(start);
    arguments(step);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(advice.getDeclaringClass()),
        advice.getName(),
        Type.getMethodDescriptor(advice),
        false);
    result(step, unchanged);
    code.visitLabel(end);
    code.visitInsn(site.getReturnType().getOpcode(Opcodes.IRETURN));
    code.visitLabel(failed);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {THROWABLE.getInternalName()});
    code.visitFieldInsn(Opcodes.GETSTATIC, name, FAILURES, "L" + OWNER + ";");
    code.visitInsn(Opcodes.SWAP);
    code.visitLdcInsn(adviceName);
    code.visitInsn(Opcodes.SWAP);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        OWNER,
        "failed",
        "(Ljava/lang/String;Ljava/lang/Throwable;)V",
        false);
    code.visitLabel(passive);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    load(site.getReturnType(), unchanged);
    code.visitInsn(site.getReturnType().getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** What the advice sees, in its own order; the last ones it may leave out. */
  private void arguments(String step) {
    Type[] parameters = Type.getArgumentTypes(advice);
    Value[] seen = seen(step);
    if (parameters.length > seen.length) {
      throw new IllegalArgumentException(
          adviceName
              + " takes "
              + parameters.length
              + " parameters where there are only "
              + seen.length);
    }
    for (int i = 0; i < parameters.length; i++) {
      load(seen[i].type, seen[i].local);
      convert(seen[i].type, parameters[i]);
    }
  }

  private Value[] seen(String step) {
    Type[] types = site.getArgumentTypes();
    Value[] given = new Value[types.length];
    int local = 0;
    for (int i = 0; i < types.length; i++) {
      given[i] = new Value(types[i], local);
      local += types[i].getSize();
    }
    return switch (step) {
      case "enter" -> given;
      case "replace" -> new Value[] {given[1], given[0]};
      case "exit" -> given.length == 2 ? given : new Value[] {given[1], given[0], given[2]};
      default ->
          value.equals(Type.VOID_TYPE)
              ? new Value[] {given[1], given[0]}
              : new Value[] {given[1], new Value(erased(value), NO_VALUE), given[0]};
    };
  }

  private void result(String step, int unchanged) {
    Type given = Type.getReturnType(advice);
    Type wanted = site.getReturnType();
    if (wanted.equals(Type.VOID_TYPE)) {
      if (given.getSize() > 0) {
        code.visitInsn(given.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      }
    } else if (given.equals(Type.VOID_TYPE)) {
      load(wanted, unchanged);
    } else {
      convert(given, step.equals("enter") ? wanted : value);
    }
  }

  private void load(Type type, int local) {
    if (type.equals(Type.VOID_TYPE)) {
      return;
    }
    if (local != NO_VALUE) {
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
      return;
    }
    code.visitInsn(
        switch (type.getSort()) {
          case Type.LONG -> Opcodes.LCONST_0;
          case Type.FLOAT -> Opcodes.FCONST_0;
          case Type.DOUBLE -> Opcodes.DCONST_0;
          case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
          default -> Opcodes.ICONST_0;
        });
  }

  private void convert(Type from, Type to) {
    boolean toReference = to.getSort() >= Type.ARRAY;
    if (from.getSort() >= Type.ARRAY) {
      cast(toReference ? to : Boxes.of(to));
      if (!toReference) {
        Boxes.unbox(code, to);
      }
    } else if (toReference) {
      Boxes.box(code, from);
      cast(to);
    } else if (!from.equals(to)) {
      throw new IllegalArgumentException(
          adviceName + " has " + to.getClassName() + " where there is " + from.getClassName());
    }
  }

  private void cast(Type type) {
    if (!type.getInternalName().equals("java/lang/Object")) {
      code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
    }
  }

  private static Type erased(Type type) {
    return type.getSort() >= Type.ARRAY ? Type.getType(Object.class) : type;
  }
}
