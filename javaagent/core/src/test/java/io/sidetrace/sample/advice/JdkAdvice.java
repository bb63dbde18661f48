package io.sidetrace.sample.advice;

/** Advice for classes of the JDK, whose loaders see no class of the application. */
public final class JdkAdvice {

  private JdkAdvice() {}

  public static Object enter(Object self) {
    return System.getProperty("sample.recording");
  }

  public static void exit(Object token, Object result) {
    if (token != null) {
      System.setProperty("sample.recording", token + " " + result);
    }
  }
}
