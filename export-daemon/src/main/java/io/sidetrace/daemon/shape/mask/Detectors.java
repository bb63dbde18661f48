package io.sidetrace.daemon.shape.mask;

import java.util.List;

/** The built-in detectors, by the names that the configuration gives them. */
public final class Detectors {
  public static final List<String> NAMES =
      List.of("api-keys", "jwt", "email", "phone", "card", "iban");

  private Detectors() {}

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Detector of(String name) {
    return switch (name) {
      case "api-keys" -> new ApiKeys();
      case "jwt" -> new Jwts();
      case "email" -> new Emails();
      case "phone" -> new Phones();
      case "card" -> new Cards();
      case "iban" -> new Ibans();
      default -> throw new IllegalArgumentException("detector " + name + " is none of " + NAMES);
    };
  }
}
