package io.sidetrace.llm;

import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges kept in folders: {@code meta.json} (method, url, status, content types, encodings and
 * chunks), {@code request.body}, {@code response.body}.
 */
public final class Samples {
  private Samples() {}

  /** All folders beneath {@code root}, itself included, that hold a {@code meta.json}; sorted. */
  public static List<Path> find(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("meta.json"))
          .map(file -> file.toAbsolutePath().getParent())
          .map(folder -> root.isAbsolute() ? folder : relative(folder))
          .sorted()
          .toList();
    }
  }

  private static Path relative(Path folder) {
    return Path.of("").toAbsolutePath().relativize(folder);
  }

  /**
   * Reads one folder.
   *
   * @throws IOException if a file cannot be read or {@code meta.json} is no JSON object with a
   *     {@code url}; bodies that are missing are empty
   */
  public static Exchange read(Path folder) throws IOException {
    Map<String, @Nullable String> meta = new LinkedHashMap<>();
    Chunks chunks = Chunks.NONE;
    Map<String, String> headers = new LinkedHashMap<>();
    byte[] bytes = Files.readAllBytes(folder.resolve("meta.json"));
    try {
      Json json = Json.of(bytes, 0, bytes.length);
      if (json.nextRoot() && json.object()) {
        for (String name; (name = json.field()) != null; ) {
          switch (name) {
            case "chunks" -> chunks = chunks(json);
            case "responseHeaders" -> headers(json, headers);
            default -> meta.put(name, json.text());
          }
        }
      }
    } catch (MalformedJson notJson) {
      throw new IOException(
          folder.resolve("meta.json") + " is not JSON: " + notJson.getMessage(), notJson);
    }
    String url = meta.get("url");
    if (url == null) {
      throw new IOException(folder.resolve("meta.json") + " has no url; add one");
    }
    String status = meta.getOrDefault("status", "200");
    String method = meta.getOrDefault("method", "POST");
    return Exchange.to(url)
        .method(method == null ? "POST" : method)
        .status(status != null && status.matches("\\d{1,3}") ? Integer.parseInt(status) : 0)
        .request(
            body(folder.resolve("request.body")),
            meta.get("requestContentType"),
            meta.get("requestContentEncoding"))
        .response(
            body(folder.resolve("response.body")),
            meta.get("responseContentType"),
            meta.get("responseContentEncoding"))
        .truncated(
            "true".equals(meta.get("requestTruncated")),
            "true".equals(meta.get("responseTruncated")))
        .finished(!"false".equals(meta.get("finished")))
        .chunks(chunks)
        .responseHeaders(headers)
        .build();
  }

  /** {@code [[offset, micros], …]} */
  private static Chunks chunks(Json json) throws IOException {
    List<long[]> pairs = new ArrayList<>();
    if (json.array()) {
      while (json.element()) {
        long[] pair = new long[2];
        if (json.array()) {
          for (int i = 0; json.element(); i++) {
            pair[Math.min(i, 1)] = json.number(0);
          }
          pairs.add(pair);
        }
      }
    }
    return Chunks.of(
        pairs.stream().mapToInt(pair -> (int) pair[0]).toArray(),
        pairs.stream().mapToLong(pair -> pair[1]).toArray());
  }

  private static void headers(Json json, Map<String, String> headers) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        String value = json.text();
        if (value != null) {
          headers.put(name, value);
        }
      }
    }
  }

  private static byte[] body(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
