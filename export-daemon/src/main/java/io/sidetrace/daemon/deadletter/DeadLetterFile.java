package io.sidetrace.daemon.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How dead letters lie in a file. A letter is a frame like those of a spool segment, so that the
 * same checksum guards it and the same reader reads it.
 *
 * <pre>
 * file   := magic "SDL1" (4) · letter*
 * letter := frame whose event JSON is {"first": ISO-8601, "time": ISO-8601, "attempts": number,
 *           "origin": text, "reason": text}; older letters have neither "first" nor "attempts";
 *           its request bytes are the frame that could not be exported
 * </pre>
 */
public final class DeadLetterFile {
  public static final String SUFFIX = ".sdl";
  static final int MAGIC = 0x53444c31;

  private static final JsonFactory JSON = new JsonFactory();

  private DeadLetterFile() {}

  /** Writes a whole file. */
  static void write(List<DeadLetter> letters, FileChannel to) throws IOException {
    to.write(ByteBuffer.allocate(4).putInt(0, MAGIC));
    FrameEncoder encoder = new FrameEncoder();
    for (DeadLetter letter : letters) {
      ByteBuffer bytes = encode(letter, encoder);
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    }
  }

  static ByteBuffer encode(DeadLetter letter, FrameEncoder encoder) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try (JsonGenerator to = JSON.createGenerator(head)) {
      to.writeStartObject();
      to.writeStringField("first", letter.first().toString());
      to.writeStringField("time", letter.time().toString());
      to.writeNumberField("attempts", letter.attempts());
      to.writeStringField("origin", letter.origin());
      to.writeStringField("reason", letter.reason());
      to.writeEndObject();
    }
    encoder.clear(1 << 20);
    encoder.append(Slice.of(head.toByteArray()), letter.frame(), Slice.EMPTY);
    Slice bytes = encoder.bytes();
    return ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
  }

  /** Hands on the letters in {@code file}, in their order; a cut or changed one is left out. */
  public static void read(Path file, Consumer<DeadLetter> to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < 4 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      return;
    }
    FrameReader frames = new FrameReader(new Slice(bytes, 4, bytes.length - 4));
    for (FrameReader.Item item = frames.next(); item != null; item = frames.next()) {
      if (item instanceof FrameReader.Whole whole) {
        to.accept(letter(whole));
      }
    }
  }

  private static DeadLetter letter(FrameReader.Whole whole) throws IOException {
    Map<String, String> head = new HashMap<>();
    Slice json = whole.event();
    try (JsonParser from = JSON.createParser(json.array(), json.offset(), json.length())) {
      while (from.nextToken() != null) {
        if (from.currentToken().isScalarValue()) {
          head.put(from.currentName(), from.getText());
        }
      }
    }
    String time = head.getOrDefault("time", Instant.EPOCH.toString());
    return new DeadLetter(
        Instant.parse(head.getOrDefault("first", time)),
        Instant.parse(time),
        Integer.parseInt(head.getOrDefault("attempts", "0")),
        head.getOrDefault("origin", ""),
        head.getOrDefault("reason", ""),
        whole.request());
  }
}
