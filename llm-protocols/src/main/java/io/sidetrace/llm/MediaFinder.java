package io.sidetrace.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds base64 media in a generation's texts. */
final class MediaFinder {
  private MediaFinder() {}

  static List<Media> find(@Nullable String input, @Nullable String output) {
    return List.of();
  }
}
