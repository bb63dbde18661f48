package io.sidetrace.llm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.llm.Chunks;
import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Exchanges as bytes for a fuzzer:
 *
 * <pre>
 * input := flags u8 · request · 0x1e · response
 * flags := 1 event stream · 2 NDJSON · 4 Amazon frames · 8 status 400 · 16 gzip header · 32 cut
 * </pre>
 *
 * <p>With Amazon frames, the response is {@code name LF payload} parted by 0x1d, and framed here:
 * no fuzzer guesses checksums.
 */
public final class FuzzInput {
  private static final byte PART = 0x1e;
  private static final byte FRAME = 0x1d;

  private static final Map<String, String> URLS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("openai-chat", "https://api.openai.com/v1/chat/completions"),
              Map.entry("openai-completions", "https://api.openai.com/v1/completions"),
              Map.entry("openai-responses", "https://api.openai.com/v1/responses"),
              Map.entry("openai-embeddings", "https://api.openai.com/v1/embeddings"),
              Map.entry("anthropic-messages", "https://api.anthropic.com/v1/messages"),
              Map.entry("gemini", "https://g/v1beta/models/gemini-2.5-pro:streamGenerateContent"),
              Map.entry("gemini-embeddings", "https://g/v1beta/models/e:embedContent"),
              Map.entry("bedrock-converse", "https://b/model/amazon.nova/converse-stream"),
              Map.entry("bedrock-invoke", "https://b/model/x/invoke-with-response-stream"),
              Map.entry("cohere", "https://api.cohere.com/v2/chat"),
              Map.entry("cohere-rerank", "https://api.cohere.com/v2/rerank"),
              Map.entry("ollama", "http://127.0.0.1:11434/api/chat"),
              Map.entry("unknown", "https://example.org/anything")));

  static {
    // A protocol that came as a class and a folder of samples is fuzzed at its first sample's URL.
    for (Path folder : samples()) {
      URLS.computeIfAbsent(of(folder), of -> url(folder));
    }
  }

  private FuzzInput() {}

  /** The module's own samples. */
  static List<Path> samples() {
    try {
      return Samples.find(Path.of(FuzzInput.class.getResource("/samples").toURI()));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot list the samples", e);
    }
  }

  /** The name of the protocol a sample belongs to. */
  static String of(Path folder) {
    return folder.getParent().getFileName().toString();
  }

  private static String url(Path folder) {
    try {
      return Samples.read(folder).url();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sample " + folder, e);
    }
  }

  public static Iterable<String> protocols() {
    return URLS.keySet();
  }

  static Exchange exchange(String protocol, byte[] data) {
    int flags = data.length == 0 ? 0 : data[0];
    int part = 1;
    while (part < data.length && data[part] != PART) {
      part++;
    }
    byte[] request =
        Arrays.copyOfRange(data, Math.min(1, data.length), Math.min(part, data.length));
    byte[] response =
        part >= data.length ? new byte[0] : Arrays.copyOfRange(data, part + 1, data.length);
    String type = "application/json";
    if ((flags & 4) != 0) {
      response = framed(response);
      type = "application/vnd.amazon.eventstream";
    } else if ((flags & 1) != 0) {
      type = "text/event-stream";
    } else if ((flags & 2) != 0) {
      type = "application/x-ndjson";
    }
    return Exchange.to(URLS.getOrDefault(protocol, "https://example.org/anything"))
        .status((flags & 8) != 0 ? 400 : 200)
        .request(request, "application/json", null)
        .response(response, type, (flags & 16) != 0 ? "gzip" : null)
        .truncated((flags & 32) != 0, (flags & 32) != 0)
        .chunks(Chunks.of(new int[] {0, response.length / 2}, new long[] {1, 2}))
        .build();
  }

  /** A seed of an exchange that is known to be good. */
  public static byte[] seed(Exchange exchange) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String type = exchange.responseType() == null ? "" : exchange.responseType();
    boolean amazon = type.contains("amazon");
    int flags = type.contains("event-stream") ? 1 : type.contains("ndjson") ? 2 : amazon ? 4 : 0;
    out.write(flags | (exchange.status() >= 400 ? 8 : 0));
    out.writeBytes(exchange.request());
    out.write(PART);
    out.writeBytes(amazon ? unframed(exchange.response()) : exchange.response());
    return out.toByteArray();
  }

  private static byte[] unframed(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(body);
    for (int at = 0; at + 16 <= body.length; at += in.getInt(at)) {
      int headers = in.getInt(at + 4);
      String names = new String(body, at + 12, headers, UTF_8);
      int type = names.indexOf(":event-type");
      // Behind the name: one byte of type, two of length.
      int from = at + 12 + Math.max(0, type) + ":event-type".length() + 3;
      int length = type < 0 ? 0 : in.getShort(from - 2);
      out.write(body, from, length);
      out.write('\n');
      out.write(body, at + 12 + headers, in.getInt(at) - headers - 16);
      out.write(FRAME);
    }
    return out.toByteArray();
  }

  private static byte[] framed(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == FRAME) {
        int line = from;
        while (line < i && text[line] != '\n') {
          line++;
        }
        byte[] name = Arrays.copyOfRange(text, from, Math.min(line, from + 64));
        out.writeBytes(frame(name, Arrays.copyOfRange(text, Math.min(line + 1, i), i)));
        from = i + 1;
      }
    }
    return out.toByteArray();
  }

  private static byte[] frame(byte[] name, byte[] payload) {
    boolean exception = name.length > 0 && name[0] == '!';
    byte[] kind = (exception ? ":exception-type" : ":event-type").getBytes(UTF_8);
    byte[] message = ":message-type".getBytes(UTF_8);
    byte[] word = (exception ? "exception" : "event").getBytes(UTF_8);
    int headers = 4 + kind.length + name.length + 4 + message.length + word.length;
    ByteBuffer frame = ByteBuffer.allocate(12 + headers + payload.length + 4);
    frame.putInt(frame.capacity()).putInt(headers);
    frame.putInt(crc(frame.array(), 8));
    frame.put((byte) kind.length).put(kind).put((byte) 7).putShort((short) name.length).put(name);
    frame.put((byte) message.length).put(message);
    frame.put((byte) 7).putShort((short) word.length).put(word);
    frame.put(payload);
    frame.putInt(crc(frame.array(), frame.position()));
    return frame.array();
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
