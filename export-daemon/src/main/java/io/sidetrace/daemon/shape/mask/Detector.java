package io.sidetrace.daemon.shape.mask;

/**
 * Finds one kind of secret. Stateless, and linear in the text: it runs over every text that leaves,
 * whoever wrote it.
 */
public interface Detector {

  void find(String text, Findings to);
}
