package io.sidetrace.sample.advice;

/** Gives other arguments and results. */
public final class ReplacingAdvice {

  private ReplacingAdvice() {}

  public static String enter() {
    return "token";
  }

  public static CharSequence text(String token, CharSequence text) {
    return "<" + token + ":" + text + ">";
  }

  public static long number(Object token, long number) {
    return number + 1;
  }

  public static CharSequence result(Object token, CharSequence result) {
    return "[" + result + "]";
  }

  public static int intResult(Object token, int result) {
    return result * 2;
  }

  public static Object notAString() {
    return 42;
  }
}
