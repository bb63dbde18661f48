package io.sidetrace.daemon.export;

/** Who waits for what becomes of one observation in one lane. One call, from the lane's threads. */
public interface Ticket {

  void accepted();

  /**
   * It was refused while it stood alone.
   *
   * @param requests in which it was
   */
  void rejected(String lane, String reason, int requests);
}
