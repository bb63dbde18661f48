package io.sidetrace.standin.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Takes media as Langfuse does: announced, put to an address, told of. Langfuse server: {@code
 * pages/api/public/media}. The address is on the same port; what is put there is checked against
 * what was announced.
 */
public final class MediaStandIn {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA = "/api/public/media";
  private static final String STORAGE = "/storage/";

  private final Consumer<String> problems;
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> announced = new ConcurrentHashMap<>();
  private final List<String> told = new ArrayList<>();
  private final ConcurrentLinkedQueue<JsonNode> ties = new ConcurrentLinkedQueue<>();
  private final AtomicInteger puts = new AtomicInteger();
  private volatile int announceStatus = 200;
  private volatile int storageStatus = 200;

  MediaStandIn(HttpServer server, Consumer<String> problems) {
    this.problems = problems;
    server.createContext(MEDIA, this::media);
    server.createContext(STORAGE, this::storage);
    server.createContext(
        "/api/public/health", to -> answer(to, 200, "{\"version\":\"4\",\"status\":\"OK\"}"));
  }

  /** The bytes of media that is stored and told of, by id. */
  public Map<String, byte[]> stored() {
    synchronized (told) {
      Map<String, byte[]> whole = new ConcurrentHashMap<>(stored);
      whole.keySet().retainAll(told);
      return whole;
    }
  }

  /** What was announced, in its order: trace, observation, field. */
  public List<JsonNode> ties() {
    return List.copyOf(ties);
  }

  /** How often bytes were put. */
  public int puts() {
    return puts.get();
  }

  /** From now on, to requests for an address. */
  public void answerAnnouncements(int status) {
    announceStatus = status;
  }

  /** From now on, to bytes. */
  public void answerBytes(int status) {
    storageStatus = status;
  }

  private void media(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    if (exchange.getRequestMethod().equals("PATCH")) {
      String id = exchange.getRequestURI().getPath().substring(MEDIA.length() + 1);
      problems(request.path("uploadHttpStatus").asInt() != 200, "upload told with " + request);
      synchronized (told) {
        told.add(id);
      }
      answer(exchange, 200, "");
      return;
    }
    if (announceStatus != 200) {
      answer(exchange, announceStatus, "{\"message\":\"as told\"}");
      return;
    }
    for (String key : List.of("traceId", "contentType", "contentLength", "sha256Hash", "field")) {
      problems(!request.hasNonNull(key), "media announced without " + key);
    }
    ties.add(request);
    String id = id(request.path("sha256Hash").asText());
    announced.put(id, request);
    boolean known = stored().containsKey(id);
    String host = exchange.getRequestHeaders().getFirst("Host");
    String url = known ? "null" : "\"http://" + host + STORAGE + id + "\"";
    answer(exchange, 201, "{\"mediaId\":\"" + id + "\",\"uploadUrl\":" + url + "}");
  }

  private void storage(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (storageStatus != 200) {
      answer(exchange, storageStatus, "as told");
      return;
    }
    String id = exchange.getRequestURI().getPath().substring(STORAGE.length());
    JsonNode as = announced.getOrDefault(id, JSON.createObjectNode());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    problems(!as.path("contentType").asText().equals(type), "put as " + type + ", not " + as);
    problems(as.path("contentLength").asInt() != bytes.length, bytes.length + " bytes, not " + as);
    problems(!id(hash(bytes)).equals(id), "other bytes than announced for " + id);
    puts.incrementAndGet();
    stored.put(id, bytes);
    answer(exchange, 200, "");
  }

  private void problems(boolean there, String problem) {
    if (there) {
      problems.accept(problem);
    }
  }

  private static String id(String sha256) {
    return sha256.replace('+', '-').replace('/', '_').substring(0, 22);
  }

  private static String hash(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
