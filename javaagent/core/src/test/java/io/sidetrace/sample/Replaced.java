package io.sidetrace.sample;

/** Methods whose arguments or results advice replaces. */
public class Replaced {

  public String text(int before, String text, long after) {
    return before + text + after;
  }

  public static long number(long number) {
    return number;
  }

  public CharSequence result(CharSequence value) {
    return value;
  }

  public int intResult(int value) {
    return value;
  }

  public String wrongType(String value) {
    return value;
  }
}
