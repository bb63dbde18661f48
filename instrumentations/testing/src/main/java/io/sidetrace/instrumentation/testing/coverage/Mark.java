package io.sidetrace.instrumentation.testing.coverage;

/** A cell. */
enum Mark {
  KEPT("✓"),
  WEAKER("(✓)"),
  ABSENT("–"),
  FAILED("✗");

  private final String sign;

  Mark(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }
}
