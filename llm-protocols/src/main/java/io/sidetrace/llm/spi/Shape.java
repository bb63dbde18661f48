package io.sidetrace.llm.spi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outside of an exchange whose URL says nothing: top-level names and the marks some protocols
 * put into their answers.
 *
 * @param request names at the top of the request
 * @param response names at the top of the response, or of the first event of a stream
 * @param object the response's {@code object}, as OpenAI's protocols have
 * @param type the response's {@code type}, as Anthropic's and OpenAI's have
 */
public record Shape(
    Set<String> request, Set<String> response, @Nullable String object, @Nullable String type) {

  public boolean objectIs(String value) {
    return value.equals(object);
  }
}
