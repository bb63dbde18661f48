package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.load.Workload;
import java.util.List;

/** What is asked of the demo: about 4 KB of content per request, as much as the budgets assume. */
final class Workloads {
  private static final String TEXT =
      "Tell me in a few words how a request travels through a service and what it leaves behind. ";

  private static final String CHAT =
      "{\"model\":\"qwen-emotion\",\"messages\":[{\"role\":\"system\",\"content\":\"You are brief.\"},"
          + "{\"role\":\"user\",\"content\":\""
          + TEXT.repeat(8)
          + "\"}]}";

  /** {@code openai-java}, which calls through OkHttp. */
  static final Workload PLAIN = Workload.post("plain", "/v1/chat/completions", CHAT);

  /** The same, answered as a stream, passed on chunk by chunk. */
  static final Workload STREAMING = Workload.post("streaming", "/v1/chat/stream", CHAT);

  /** {@code java.net.http}. */
  static final Workload JDK_CLIENT = Workload.post("java.net.http", "/v1/relay", CHAT);

  private static final String QUESTION =
      "{\"model\":\"qwen-emotion\",\"messages\":[{\"role\":\"user\",\"content\":\""
          + TEXT.repeat(10)
          + "\"}]";

  private Workloads() {}

  /**
   * A call of 1 KB asked and 1 KB answered, and the same answered as a stream of 30 chunks.
   *
   * @param model its base URL
   */
  static List<LibraryLoad> ofClients(String model) {
    String uri = model + "/chat/completions";
    return List.of(
        LibraryLoad.OfClient.asking("plain", uri, QUESTION + "}"),
        LibraryLoad.OfClient.asking("stream", uri, QUESTION + ",\"stream\":true}"));
  }

  /** What contracts' applications serve: an echo of 1 KB, and a stream of three chunks. */
  static List<LibraryLoad> ofServers() {
    String json = QUESTION + "}";
    return List.of(
        new LibraryLoad.OfServer("plain", Workload.post("echo", "/echo", json), 2L * json.length()),
        new LibraryLoad.OfServer(
            "stream", Workload.post("stream", "/stream", ""), 3L * "data: 0\n\n".length()));
  }
}
