package io.sidetrace.agent.weave;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one class.
 *
 * @param classFile null if no method was woven
 * @param methods the woven ones, name and argument types
 * @param refusals what was asked for and not woven, and why
 */
record Woven(byte @Nullable [] classFile, List<String> methods, List<String> refusals) {

  static Woven refused(String reason) {
    return new Woven(null, List.of(), List.of(reason));
  }
}
