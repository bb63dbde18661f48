package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * One method to weave, or all of a name, and the advice that runs there. Immutable, so that a
 * common beginning can be shared.
 *
 * <pre>{@code
 * Rule.in("org.apache.catalina.connector.CoyoteAdapter")
 *     .method("service", "org.apache.coyote.Request", "org.apache.coyote.Response")
 *     .advice("io.sidetrace.instrumentation.tomcat.TomcatAdvice")
 *     .enter("enterService")
 *     .exit("exitService")
 * }</pre>
 *
 * <p>Types are written as {@link Class#getTypeName} writes them, nested classes with a dollar:
 * {@code int}, {@code java.lang.String[]}, {@code java.util.Map$Entry}.
 *
 * <p>Advice is a public static method of a public class, the only one of its name. It may declare
 * fewer of the last parameters than listed here, and supertypes of their types:
 *
 * <ul>
 *   <li>{@code Token enter(this, arguments…)} or void; no {@code this} for a static method. What it
 *       returns, any reference or null, is handed to the others.
 *   <li>{@code T replace(Token, T argument)}, once for each replaced argument, after enter.
 *   <li>{@code R exit(Token, R result, Throwable thrown)}, at a return with {@code thrown} null,
 *       and at a throw with {@code result} null, zero or false. What it returns replaces the
 *       result; what it returns after a throw is ignored. If it is void, the result stays.
 *   <li>{@code void exit(Token, Throwable thrown)} if the woven method is void.
 * </ul>
 *
 * <p>The token is null if enter failed, if the instrumentation switched itself off after repeated
 * failures, or if there is no enter: replace and exit must tolerate that.
 */
public final class Rule {

  final String className;
  final @Nullable String methodName;
  final @Nullable String argumentTypes;
  final @Nullable String returnType;
  final @Nullable String adviceClass;
  final @Nullable String enter;
  final @Nullable String exit;
  final List<Replacement> replacements;

  /**
   * The argument at {@code index} (from 0, without {@code this}) becomes what {@code advice}
   * returns.
   */
  record Replacement(int index, String advice) {}

  private Rule(
      String className,
      @Nullable String methodName,
      @Nullable String argumentTypes,
      @Nullable String returnType,
      @Nullable String adviceClass,
      @Nullable String enter,
      @Nullable String exit,
      List<Replacement> replacements) {
    this.className = className;
    this.methodName = methodName;
    this.argumentTypes = argumentTypes;
    this.returnType = returnType;
    this.adviceClass = adviceClass;
    this.enter = enter;
    this.exit = exit;
    this.replacements = replacements;
  }

  /** The class that declares the method: exactly this one, no subclass. */
  public static Rule in(String className) {
    return new Rule(className, null, null, null, null, null, null, List.of());
  }

  /** The method of this name with exactly these arguments. */
  public Rule method(String name, String... types) {
    var descriptor = new StringBuilder("(");
    for (String type : types) {
      descriptor.append(descriptor(type));
    }
    String arguments = descriptor.append(')').toString();
    return new Rule(className, name, arguments, returnType, adviceClass, enter, exit, replacements);
  }

  /** Every method of this name, whatever its arguments: for a library whose versions differ. */
  public Rule methods(String name) {
    return new Rule(className, name, null, returnType, adviceClass, enter, exit, replacements);
  }

  /**
   * Only if it returns this type; without it, whatever it returns. Tells a bridge from its target.
   */
  public Rule returning(String type) {
    return new Rule(
        className,
        methodName,
        argumentTypes,
        descriptor(type),
        adviceClass,
        enter,
        exit,
        replacements);
  }

  /** The class that holds the advice methods. */
  public Rule advice(String adviceClassName) {
    return new Rule(
        className,
        methodName,
        argumentTypes,
        returnType,
        adviceClassName,
        enter,
        exit,
        replacements);
  }

  /** The advice method called before the body. */
  public Rule enter(String advice) {
    return new Rule(
        className, methodName, argumentTypes, returnType, adviceClass, advice, exit, replacements);
  }

  /** The advice method called once after the body, whether it returned or threw. */
  public Rule exit(String advice) {
    return new Rule(
        className, methodName, argumentTypes, returnType, adviceClass, enter, advice, replacements);
  }

  /** The advice method that gives the body another argument; {@code index} counts from 0. */
  public Rule replaceArgument(int index, String advice) {
    var more = new ArrayList<>(replacements);
    more.add(new Replacement(index, advice));
    return new Rule(
        className,
        methodName,
        argumentTypes,
        returnType,
        adviceClass,
        enter,
        exit,
        List.copyOf(more));
  }

  /**
   * Whether this is the rule's method. A bridge has the name of its target, and a name alone would
   * weave both, so it takes {@link #returning} to name a bridge.
   */
  boolean matches(String name, String descriptor, boolean bridge) {
    if (!name.equals(methodName)) {
      return false;
    }
    int afterArguments = descriptor.indexOf(')') + 1;
    if (returnType == null ? bridge : !descriptor.substring(afterArguments).equals(returnType)) {
      return false;
    }
    return argumentTypes == null || descriptor.regionMatches(0, argumentTypes, 0, afterArguments);
  }

  /** The advice method for a step of the woven code, see {@link Dispatcher#link}. */
  @Nullable String adviceFor(String step, int argument) {
    return switch (step) {
      case "enter" -> enter;
      case "replace" -> replacementOf(argument);
      case "exit", "thrown" -> exit;
      default -> null;
    };
  }

  private @Nullable String replacementOf(int argument) {
    for (Replacement replacement : replacements) {
      if (replacement.index() == argument) {
        return replacement.advice();
      }
    }
    return null;
  }

  /** As people write it, for messages. */
  @Override
  public String toString() {
    return className + "." + readable(methodName + (argumentTypes == null ? "" : argumentTypes));
  }

  /** {@code get(ILjava/lang/String;)V} as {@code get(int, java.lang.String)}. */
  static String readable(String method) {
    int open = method.indexOf('(');
    if (open < 0) {
      return method;
    }
    var text = new StringBuilder(method.substring(0, open + 1));
    String separator = "";
    for (Type type : Type.getArgumentTypes(method.substring(open))) {
      text.append(separator).append(type.getClassName());
      separator = ", ";
    }
    return text.append(')').toString();
  }

  private static String descriptor(String typeName) {
    if (typeName.endsWith("[]")) {
      return "[" + descriptor(typeName.substring(0, typeName.length() - 2));
    }
    return switch (typeName) {
      case "void" -> "V";
      case "boolean" -> "Z";
      case "byte" -> "B";
      case "char" -> "C";
      case "short" -> "S";
      case "int" -> "I";
      case "long" -> "J";
      case "float" -> "F";
      case "double" -> "D";
      default -> "L" + typeName.replace('.', '/') + ";";
    };
  }
}
