package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** The first pass over a class: which methods the rules name, how many locals these have. */
final class ClassSurvey extends ClassVisitor {

  /**
   * A call site takes 255 slots, and linking adds a few of its own: the limit is in the Javadoc of
   * {@link java.lang.invoke.MethodHandle}. Past it the JVM would throw into the application.
   */
  private static final int MAX_ARGUMENT_SLOTS = 240;

  /** A method to weave, by all rules that name it. */
  static final class Found {
    final List<NumberedRule> rules = new ArrayList<>();
    int maxLocals;
  }

  /** By name and descriptor. */
  final Map<String, Found> found = new HashMap<>();

  final List<String> refusals = new ArrayList<>();
  private final List<NumberedRule> rules;
  private final boolean[] seen;

  ClassSurvey(List<NumberedRule> rules) {
    super(Opcodes.ASM9);
    this.rules = rules;
    this.seen = new boolean[rules.size()];
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    Found method = null;
    boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i).rule();
      if (!rule.matches(name, descriptor, bridge)) {
        continue;
      }
      seen[i] = true;
      String refusal = refusal(access, name, descriptor, rule);
      if (refusal != null) {
        refusals.add(Rule.readable(name + descriptor) + " " + refusal);
        continue;
      }
      if (method == null) {
        method = new Found();
        found.put(name + descriptor, method);
      }
      method.rules.add(rules.get(i));
    }
    return method == null ? null : new LocalsCounter(method);
  }

  @Override
  public void visitEnd() {
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        refusals.add(rules.get(i).rule() + " is not in this version of the class");
      }
    }
  }

  private static @Nullable String refusal(int access, String name, String descriptor, Rule rule) {
    if (name.startsWith("<")) {
      return "is a constructor or static initializer; weave a method instead";
    }
    if ((access & Opcodes.ACC_NATIVE) != 0) {
      return "is native and has no body; weave its caller";
    }
    if ((access & Opcodes.ACC_ABSTRACT) != 0) {
      return "is abstract and has no body; weave the class that implements it";
    }
    if (Type.getArgumentsAndReturnSizes(descriptor) >> 2 > MAX_ARGUMENT_SLOTS) {
      return "takes more than " + MAX_ARGUMENT_SLOTS + " argument slots, too many for a call site";
    }
    int arguments = Type.getArgumentCount(descriptor);
    for (Rule.Replacement replacement : rule.replacements) {
      if (replacement.index() < 0 || replacement.index() >= arguments) {
        return "has no argument " + replacement.index() + " to replace";
      }
    }
    return null;
  }

  private static final class LocalsCounter extends MethodVisitor {
    private final Found method;

    LocalsCounter(Found method) {
      super(Opcodes.ASM9);
      this.method = method;
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      method.maxLocals = maxLocals;
    }
  }
}
