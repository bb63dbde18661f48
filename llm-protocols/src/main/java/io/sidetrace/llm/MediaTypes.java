package io.sidetrace.llm;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content types by the short names providers give, and by the first bytes of base64. */
final class MediaTypes {
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("flac", "audio/flac"),
          Map.entry("opus", "audio/opus"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("aac", "audio/aac"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("pcm16", "audio/pcm"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("webm", "video/webm"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("csv", "text/csv"),
          Map.entry("html", "text/html"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"));

  private MediaTypes() {}

  static @Nullable String ofFormat(@Nullable String format) {
    return format == null ? null : FORMATS.get(format.toLowerCase(Locale.ROOT));
  }

  /** The type of the base64 at {@code start}, by the bytes such files begin with. */
  static String sniff(String text, int start) {
    if (text.startsWith("iVBORw0KGgo", start)) {
      return "image/png";
    }
    if (text.startsWith("/9j/", start) || text.startsWith("\\/9j\\/", start)) {
      return "image/jpeg";
    }
    if (text.startsWith("R0lGOD", start)) {
      return "image/gif";
    }
    if (text.startsWith("UklGR", start)) {
      // RIFF, four bytes of size, then the kind: characters 12 to 15 hold its last three bytes.
      return text.startsWith("QVZF", start + 12) ? "audio/wav" : "image/webp";
    }
    if (text.startsWith("JVBERi0", start)) {
      return "application/pdf";
    }
    if (text.startsWith("SUQz", start) || text.startsWith("//uQ", start)) {
      return "audio/mpeg";
    }
    return text.startsWith("T2dnUw", start) ? "audio/ogg" : "application/octet-stream";
  }
}
