package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Exporter;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.export.console.ConsoleExporter;
import io.sidetrace.daemon.export.console.Paint;
import io.sidetrace.daemon.export.jsonl.JsonlExporter;
import io.sidetrace.daemon.export.langfuse.LangfuseExporter;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.Observation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporters that the options ask for, each in its lane, and each project in one. */
final class Exporters {
  private static final Logger log = LoggerFactory.getLogger(Exporters.class);

  private Exporters() {}

  static Outlets outlets(DaemonOptions options) {
    List<Lane<?>> everything = new ArrayList<>();
    List<Outlets.Destination> projects = new ArrayList<>();
    for (String name : names(options)) {
      if (name.equals("langfuse") && !options.projects().isEmpty()) {
        projects.addAll(projects(options));
      } else {
        everything.add(new Lane<>(exporter(name, options), limits(options)));
      }
    }
    return new Outlets(everything, projects);
  }

  /** Each may have its share of what is in flight: with all but one failing, that one has two. */
  private static List<Outlets.Destination> projects(DaemonOptions options) {
    List<Project> projects = options.projects();
    int shares = projects.size() + 2;
    List<Outlets.Destination> destinations = new ArrayList<>();
    for (Project project : projects) {
      URI url = project.url() == null ? options.langfuseUrl() : project.url();
      String name = "langfuse-" + project.name();
      Exporter<?> exporter = langfuse(name, url, project.publicKey(), project.secretKey(), options);
      Criteria when = project.when().isEmpty() ? null : project.when();
      destinations.add(destination(when, exporter, shares, options));
    }
    if (options.hasLangfuseKeys()) {
      destinations.add(destination(null, langfuse(options), shares, options));
    }
    return destinations;
  }

  private static Outlets.Destination destination(
      @Nullable Criteria when, Exporter<?> exporter, int shares, DaemonOptions options) {
    InFlight bounds =
        new InFlight(
            Math.max(1, options.inFlight() / shares),
            Math.max(1, options.inFlightBytes() / shares));
    return new Outlets.Destination(when, new Share(new Lane<>(exporter, limits(options)), bounds));
  }

  private static Lane.Limits limits(DaemonOptions options) {
    return new Lane.Limits(options.batchCount(), options.batchBytes(), options.linger());
  }

  private static List<String> names(DaemonOptions options) {
    if (!options.exporters().isEmpty()) {
      return options.exporters();
    }
    if (options.hasLangfuseKeys() || !options.projects().isEmpty()) {
      return List.of("langfuse");
    }
    log.info(
        "no Langfuse keys: printing traces here; set LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY to"
            + " send them");
    return List.of("console");
  }

  private static Exporter<?> exporter(String name, DaemonOptions options) {
    return switch (name) {
      case "console" -> console(trace -> true);
      case "langfuse" -> langfuse(options);
      case "jsonl" -> JsonlExporter.to(options.jsonlFile());
      default -> throw new IllegalArgumentException("exporter " + name + " is not known");
    };
  }

  private static Exporter<?> langfuse(DaemonOptions options) {
    String publicKey = options.langfusePublicKey();
    String secretKey = options.langfuseSecretKey();
    if (publicKey == null || secretKey == null) {
      throw new IllegalArgumentException("options were checked before");
    }
    return langfuse("langfuse", options.langfuseUrl(), publicKey, secretKey, options);
  }

  private static Exporter<?> langfuse(
      String name, URI url, String publicKey, String secretKey, DaemonOptions options) {
    log.info("exporting to {} at {}", name, url);
    return new LangfuseExporter(
        name,
        new LangfuseExporter.Access(
            url,
            publicKey,
            secretKey,
            options.langfuseTimeout(),
            options.gzipLevel(),
            options.parallel(),
            ProgramVersion.number()));
  }

  /**
   * @param wanted which traces to print
   */
  static ConsoleExporter console(Predicate<List<Observation>> wanted) {
    // The launcher knows; System.console() is null on 17 when only the input is no terminal, and
    // never null from 22 on.
    Paint paint = Paint.of(Boolean.getBoolean("sidetrace.terminal"), System.getenv());
    // In UTF-8 even where no locale is set, as in most containers: System.out would print '?'.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    return new ConsoleExporter(out, paint, columns(), wanted);
  }

  private static int columns() {
    try {
      return Math.max(60, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "120")));
    } catch (NumberFormatException e) {
      return 120;
    }
  }
}
