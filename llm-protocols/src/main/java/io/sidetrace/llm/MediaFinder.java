package io.sidetrace.llm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds base64 media in a JSON text: data URIs anywhere, and bare base64 under the names that the
 * providers use for it. A text without a long run of base64 characters, which is nearly every text,
 * is only skimmed.
 */
final class MediaFinder {
  /** Shorter base64 is not worth moving. The smallest PNG has 92 characters. */
  private static final int MIN_CHARS = 64;

  private static final int MAX_TYPE_CHARS = 200;

  private static final Set<String> NAMES =
      Set.of(
          "data", // Anthropic source, Gemini inlineData, OpenAI input_audio and audio
          "bytes", // Converse
          "b64_json", // OpenAI images
          "result", // Responses image_generation_call
          "file_data",
          "images", // Ollama, Titan Image
          "image",
          "image_base64",
          "audio");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** Base64 found, whose type may stand beside or around it. */
  private record Found(String pointer, int start, int end) {}

  /** An object or array while it is read: what tells the type of the media in it. */
  private static final class Level {
    final List<Found> found = new ArrayList<>(1);
    @Nullable String mediaType;
    @Nullable String format;
    boolean secret;
  }

  private final Media.Field field;
  private final String text;
  private final List<Media> media = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();

  private MediaFinder(Media.Field field, String text) {
    this.field = field;
    this.text = text;
  }

  static List<Media> find(@Nullable String input, @Nullable String output) {
    List<Media> inInput = find(Media.Field.INPUT, input);
    List<Media> inOutput = find(Media.Field.OUTPUT, output);
    if (inOutput.isEmpty()) {
      return inInput;
    }
    List<Media> all = new ArrayList<>(inInput);
    all.addAll(inOutput);
    return List.copyOf(all);
  }

  private static List<Media> find(Media.Field field, @Nullable String text) {
    if (text == null || !hasBase64Run(text)) {
      return List.of();
    }
    char first = text.stripLeading().charAt(0);
    if (first != '{' && first != '[') {
      return List.of();
    }
    MediaFinder finder = new MediaFinder(field, text);
    try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
      finder.read(parser);
    } catch (IOException brokenOff) {
      // A text that is cut has no media to move beyond the cut; what was found stands.
    }
    finder.media.sort(Comparator.comparingInt(Media::start));
    return List.copyOf(finder.media);
  }

  /** Looks at every 64th character, and back from there to where a run would begin. */
  static boolean hasBase64Run(String text) {
    int from = 0;
    while (from + MIN_CHARS <= text.length()) {
      int at = from + MIN_CHARS - 1;
      while (at >= from && isBase64(text.charAt(at))) {
        at--;
      }
      if (at < from) {
        return true;
      }
      from = at + 1;
    }
    return false;
  }

  private static boolean isBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '\\'; // JSON may write a slash as \/
  }

  private void read(JsonParser parser) throws IOException {
    for (JsonToken token; (token = parser.nextToken()) != null; ) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> levels.push(new Level());
        case END_OBJECT, END_ARRAY -> close();
        case VALUE_STRING -> string(parser);
        default -> {}
      }
    }
  }

  private void string(JsonParser parser) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset() + 1;
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset() - 1;
    Level level = levels.peek();
    if (level == null) {
      return;
    }
    String name = parser.currentName();
    if (end - start <= MAX_TYPE_CHARS && name != null) {
      fact(name, text.substring(start, end), level);
    }
    if (end - start < MIN_CHARS) {
      return;
    }
    if (text.startsWith("data:", start)) {
      dataUri(parser, start, end);
    } else if (NAMES.contains(nameOf(parser)) && isBase64(start, end)) {
      level.found.add(new Found(pointer(parser), start, end));
    }
  }

  private static void fact(String name, String value, Level level) {
    switch (name) {
      case "media_type", "mediaType", "mime_type", "mimeType" -> level.mediaType = value;
      case "format", "output_format" -> level.format = value;
      // Thoughts that only the provider can read are base64, but no media.
      case "type" -> level.secret = value.contains("redacted") || value.contains("encrypted");
      default -> {}
    }
  }

  /** The field's name; an array's elements have the array's. */
  private static String nameOf(JsonParser parser) throws IOException {
    String name = parser.currentName();
    if (name == null && parser.getParsingContext().getParent() != null) {
      name = parser.getParsingContext().getParent().getCurrentName();
    }
    return name == null ? "" : name;
  }

  private boolean isBase64(int start, int end) {
    for (int i = start; i < start + MIN_CHARS; i++) {
      char c = text.charAt(i);
      if (!isBase64(c) && c != '-' && c != '_') {
        return false;
      }
    }
    char last = text.charAt(end - 1);
    return isBase64(last) || last == '=' || last == '-' || last == '_';
  }

  private void dataUri(JsonParser parser, int start, int end) {
    int comma = text.indexOf(',', start);
    if (comma < 0 || comma >= end || comma - start > MAX_TYPE_CHARS) {
      return;
    }
    String head = text.substring(start + 5, comma).replace("\\/", "/");
    if (head.endsWith(";base64")) {
      int parameters = head.indexOf(';');
      String type = parameters == 0 ? "text/plain" : head.substring(0, parameters);
      media.add(new Media(field, pointer(parser), type, start, comma + 1, end));
    }
  }

  private static String pointer(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  /** Leaves an object: what in it has a type now is media, the rest may have it further out. */
  private void close() {
    Level level = levels.pop();
    if (level.found.isEmpty() || level.secret) {
      return;
    }
    Level outer = levels.peek();
    String type =
        level.mediaType != null
            ? level.mediaType.replace("\\/", "/")
            : MediaTypes.ofFormat(level.format);
    for (Found found : level.found) {
      if (type == null && outer != null && levels.size() > 1) {
        outer.found.add(found);
      } else {
        String told = type != null ? type : MediaTypes.sniff(text, found.start());
        media.add(
            new Media(field, found.pointer(), told, found.start(), found.start(), found.end()));
      }
    }
  }
}
