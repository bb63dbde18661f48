package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Exporter;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.export.console.ConsoleExporter;
import io.sidetrace.daemon.export.console.Paint;
import io.sidetrace.daemon.export.jsonl.JsonlExporter;
import io.sidetrace.daemon.export.langfuse.LangfuseExporter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporters that the options ask for, each in its lane. */
final class Exporters {
  private static final Logger log = LoggerFactory.getLogger(Exporters.class);

  private Exporters() {}

  static List<Lane> lanes(DaemonOptions options) {
    Lane.Limits limits =
        new Lane.Limits(options.batchCount(), options.batchBytes(), options.linger());
    List<Lane> lanes = new ArrayList<>();
    for (String name : names(options)) {
      lanes.add(new Lane(exporter(name, options), limits));
    }
    return lanes;
  }

  private static List<String> names(DaemonOptions options) {
    if (!options.exporters().isEmpty()) {
      return options.exporters();
    }
    if (options.hasLangfuseKeys()) {
      return List.of("langfuse");
    }
    log.info(
        "no Langfuse keys: printing traces here; set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY to"
            + " send them");
    return List.of("console");
  }

  private static Exporter exporter(String name, DaemonOptions options) {
    return switch (name) {
      case "console" -> console();
      case "langfuse" -> langfuse(options);
      case "jsonl" -> JsonlExporter.to(options.jsonlFile());
      default -> throw new IllegalArgumentException("exporter " + name + " is not known");
    };
  }

  private static Exporter langfuse(DaemonOptions options) {
    String publicKey = options.langfusePublicKey();
    String secretKey = options.langfuseSecretKey();
    if (publicKey == null || secretKey == null) {
      throw new IllegalArgumentException("options were checked before");
    }
    log.info("exporting to Langfuse at {}", options.langfuseUrl());
    return new LangfuseExporter(
        new LangfuseExporter.Access(
            options.langfuseUrl(),
            publicKey,
            secretKey,
            options.langfuseTimeout(),
            options.gzipLevel(),
            options.parallel(),
            ProgramVersion.number()));
  }

  private static Exporter console() {
    // The launcher knows; System.console() is null on 17 when only the input is no terminal, and
    // never null from 22 on.
    Paint paint = Paint.of(Boolean.getBoolean("sidetrace.terminal"), System.getenv());
    // In UTF-8 even where no locale is set, as in most containers: System.out would print '?'.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return new ConsoleExporter(out, paint, columns());
  }

  private static int columns() {
    try {
      return Math.max(60, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "120")));
    } catch (NumberFormatException e) {
      return 120;
    }
  }
}
