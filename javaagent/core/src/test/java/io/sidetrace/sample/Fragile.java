package io.sidetrace.sample;

/** Methods whose advice fails in every way. */
public class Fragile {

  public String enter(String value) {
    return value + "!";
  }

  public String exit(String value) {
    return value + "!";
  }

  public String replace(String value) {
    return value + "!";
  }

  public String missingAdvice(String value) {
    return value + "!";
  }

  public String tooManyParameters(String value) {
    return value + "!";
  }

  public String overflowing(String value) {
    return value + "!";
  }

  public void throwing() {
    throw new UnsupportedOperationException("the application's own");
  }
}
