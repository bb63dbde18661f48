package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Weaves all that can be woven of a class: every method twice over, every argument replaced. */
final class EveryMethod {

  /**
   * What became of one class; {@code refusals} are those that no rule could have known beforehand.
   */
  record Outcome(byte[] classFile, int methods, List<String> refusals) {}

  private static final AdviceFailures FAILURES =
      new AdviceFailures(
          "proof",
          new WeaverLog() {
            @Override
            public boolean debugging() {
              return false;
            }

            @Override
            public void debug(String message) {}

            @Override
            public void warn(String message, Throwable cause) {}
          });

  private EveryMethod() {}

  static Outcome weave(byte[] classFile) {
    List<NumberedRule> rules = rules(new ClassReader(classFile));
    if (rules.isEmpty()) {
      return new Outcome(classFile, 0, List.of());
    }
    Woven woven = ClassWeaver.weave(classFile, rules);
    return new Outcome(
        woven.classFile() == null ? classFile : woven.classFile(),
        woven.methods().size(),
        woven.refusals());
  }

  private static List<NumberedRule> rules(ClassReader reader) {
    var rules = new ArrayList<NumberedRule>();
    var everyMethod =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            if (!name.startsWith("<")
                && (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0) {
              Rule rule = rule(reader.getClassName(), name, descriptor);
              rules.add(new NumberedRule(rules.size(), rule, "none.", FAILURES));
              for (int i = 0; i < Type.getArgumentCount(descriptor); i++) {
                rule = rule.replaceArgument(i, "replace");
              }
              rules.add(new NumberedRule(rules.size(), rule, "none.", FAILURES));
            }
            return null;
          }
        };
    reader.accept(everyMethod, ClassReader.SKIP_CODE);
    return rules;
  }

  private static Rule rule(String className, String name, String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    String[] arguments = new String[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = types[i].getClassName();
    }
    return Rule.in(className.replace('/', '.'))
        .method(name, arguments)
        .returning(Type.getReturnType(descriptor).getClassName())
        .advice("none.Advice")
        .enter("enter")
        .exit("exit");
  }
}
