package io.sidetrace.instrumentation.testing.coverage;

/** A cell. Where several tests fill one, the last of these counts. */
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

  Mark worse(Mark other) {
    return compareTo(other) > 0 ? this : other;
  }
}
