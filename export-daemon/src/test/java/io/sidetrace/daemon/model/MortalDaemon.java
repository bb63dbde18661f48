package io.sidetrace.daemon.model;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Options;
import io.sidetrace.harness.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A daemon, whenever there is one: it dies, freezes, is told to stop and starts again. */
final class MortalDaemon {
  private static final Pattern LEDGER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A configuration that a running daemon has to refuse. */
  static final String WRONG = "drop-nams: [noise*]\n";

  private static final String READS = "reading ";

  private final Path folder;
  private final Path config;
  private final Options options;
  private @Nullable Program program;
  private boolean frozen;

  /**
   * @param folder for its logs, dead letters and configuration
   */
  MortalDaemon(Path folder, Options options) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.config = Files.writeString(folder.resolve("sidetrace.yaml"), "");
    this.options =
        options.with("config", config.toString()).with("dead-letters", deadLetters().toString());
  }

  Path deadLetters() {
    return folder.resolve("dead-letters");
  }

  boolean isUp() {
    return program != null;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** Does not wait until it reads. It refuses to start with what it refuses to reload. */
  void start() throws IOException {
    if (Files.readString(config).equals(WRONG)) {
      Files.writeString(config, "");
    }
    program = DaemonProcess.launch(folder, options);
  }

  void kill() {
    Program killed = up();
    program = null;
    frozen = false;
    killed.kill();
  }

  /** SIGTERM; fails unless it ends as it should. */
  void stop() {
    Program stopped = up();
    program = null;
    int code = stopped.stop();
    // Without its handler, which it may not have come to yet, the JVM says 143.
    if (code != 0 && (code != 143 || stopped.said().contains(READS))) {
      throw new AssertionError("exit code " + code + "\n" + stopped.said());
    }
  }

  void freeze() {
    frozen = true;
    up().suspend();
  }

  void thaw() {
    frozen = false;
    up().resume();
  }

  /** SIGHUP with another configuration. Before it handles signals it would end by it. */
  void reload(String rules) throws IOException, InterruptedException {
    if (reads()) {
      Files.writeString(config, rules);
      new ProcessBuilder("kill", "-HUP", "" + up().pid()).start().waitFor();
    }
  }

  boolean reads() {
    return said().contains(READS);
  }

  /** Fails if it has ended by itself, or if its books do not balance. */
  void check() throws InterruptedException {
    Program checked = up();
    if (!checked.isAlive()) {
      throw new AssertionError("it ended by itself\n" + checked.said());
    }
    Matcher address = LEDGER.matcher(checked.said());
    if (!frozen && address.find()) {
      String ledger = ask(URI.create(address.group() + "ledger"));
      if (!ledger.isEmpty() && !ledger.contains("\"balanced\":true")) {
        throw new AssertionError("its books do not balance: " + ledger);
      }
    }
  }

  private static String ask(URI page) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // a busy machine, or it is only just starting
    }
  }

  String said() {
    return program == null ? "" : program.said();
  }

  private Program up() {
    if (program == null) {
      throw new IllegalStateException("it is not there");
    }
    return program;
  }
}
