package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.load.Workload;

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

  private Workloads() {}
}
