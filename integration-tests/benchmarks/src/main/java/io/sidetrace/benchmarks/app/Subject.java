package io.sidetrace.benchmarks.app;

import java.util.List;

/** What the application runs with: the things compared. */
public enum Subject {
  NONE("no agent"),
  IDLE("an agent that weaves nothing"),
  SPOOL("Sidetrace, spool"),
  REDIS("Sidetrace, Redis"),
  OPENTELEMETRY("OpenTelemetry");

  private final String title;

  Subject(String title) {
    this.title = title;
  }

  /** In tables. */
  public String title() {
    return title;
  }

  public boolean isSidetrace() {
    return this == SPOOL || this == REDIS;
  }

  /** What a user of each would write, all with content captured; nothing else is tuned. */
  List<String> jvmArguments(Artifacts files, Surroundings around) {
    return switch (this) {
      case NONE -> List.of();
      case IDLE -> List.of("-javaagent:" + files.idle());
      case SPOOL -> List.of("-javaagent:" + files.sidetrace(), spool(around));
      case REDIS ->
          List.of(
              "-javaagent:" + files.sidetrace(),
              spool(around),
              "-Dsidetrace.redis.url=" + around.redis().url());
      case OPENTELEMETRY ->
          List.of(
              "-javaagent:" + files.openTelemetry(),
              "-Dotel.service.name=demo",
              "-Dotel.exporter.otlp.protocol=http/protobuf",
              "-Dotel.exporter.otlp.endpoint=" + around.sink().endpoint(),
              "-Dotel.instrumentation.genai.capture-message-content=true");
    };
  }

  private String spool(Surroundings around) {
    return "-Dsidetrace.spool=" + around.spool(this);
  }
}
