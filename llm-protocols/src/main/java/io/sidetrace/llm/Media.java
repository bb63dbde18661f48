package io.sidetrace.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Base64 media found in the input or output of a generation.
 *
 * <p>{@code text.substring(start, end)} is the JSON string's whole content (a data URI or bare
 * base64), where {@code text} is {@link Generation#input()} or {@link Generation#output()}; replace
 * that range to move the media elsewhere. {@code text.substring(base64Start, end)} is the base64,
 * which may hold JSON's escaped slashes ({@code \/}).
 *
 * @param field which text
 * @param pointer JSON pointer (RFC 6901) of the string within that text
 * @param contentType as told beside it, else by its first bytes, else {@code
 *     application/octet-stream}
 * @param start index of the first character
 * @param base64Start index of the first character of the base64
 * @param end index after the last character
 */
public record Media(
    Field field, String pointer, String contentType, int start, int base64Start, int end) {

  /** The text in which media stands. */
  public enum Field {
    INPUT,
    OUTPUT
  }

  /** Finds media in texts, which need not be of an LLM. Ascending within each text. */
  public static List<Media> find(@Nullable String input, @Nullable String output) {
    return MediaFinder.find(input, output);
  }
}
