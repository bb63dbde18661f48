package io.sidetrace.daemon.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters.
 *
 * @param reason a part of reason or origin, in any case; null: any
 * @param olderThan counted from when it was given up; null: of any age
 * @param newerThan likewise
 */
public record LetterFilter(
    @Nullable String reason, @Nullable Duration olderThan, @Nullable Duration newerThan)
    implements Predicate<DeadLetter> {

  /** Whether nothing is left out. */
  boolean isAll() {
    return reason == null && olderThan == null && newerThan == null;
  }

  @Override
  public boolean test(DeadLetter letter) {
    Instant now = Instant.now();
    return (reason == null
            || lower(letter.origin() + ": " + letter.reason()).contains(lower(reason)))
        && (olderThan == null || letter.time().isBefore(now.minus(olderThan)))
        && (newerThan == null || letter.time().isAfter(now.minus(newerThan)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
