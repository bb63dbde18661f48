package io.sidetrace.daemon.export;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a receiver answered to a batch. Reasons are for people. */
public sealed interface Outcome {

  /** All of it is in the receiver's hands. */
  record Accepted() implements Outcome {}

  /**
   * Not now; it may or may not have arrived, so the same again later.
   *
   * @param after as the receiver asked; null if it did not say
   */
  record Retry(@Nullable Duration after, String reason) implements Outcome {}

  /** Something in the batch is bad, and the whole of it was refused. */
  record Rejected(String reason) implements Outcome {}

  /** The batch is too large; parts of it may pass. */
  record TooLarge(String reason) implements Outcome {}

  /** Nothing will pass until a person mends the configuration. */
  record Misconfigured(String reason) implements Outcome {}
}
