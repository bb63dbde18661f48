package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.Criteria;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A project of Langfuse beside the main one.
 *
 * @param name for logs and metrics
 * @param when which events go there; the first project that takes an event has it
 * @param url null: the main server
 */
public record Project(
    String name, Criteria when, @Nullable URI url, String publicKey, String secretKey) {

  /** Without the secret: options are printed when something is wrong with them. */
  @Override
  public String toString() {
    return "project " + name;
  }
}
