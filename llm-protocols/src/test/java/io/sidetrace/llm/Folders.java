package io.sidetrace.llm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where recorded exchanges are: the module's own, and those beside the checkout if there are. */
final class Folders {
  private Folders() {}

  /** The module's own samples, written by hand. */
  static List<Path> own() {
    try {
      return Samples.find(Path.of(Folders.class.getResource("/samples").toURI()));
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("the module's samples cannot be listed", e);
    }
  }

  /** Recorded exchanges in {@code shared/wire-samples} beside the checkout; empty without it. */
  static List<Path> recorded() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path folder = up.resolve("shared/wire-samples");
      if (Files.isDirectory(folder)) {
        try {
          return Samples.find(folder);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return List.of();
  }

  static List<Path> all() {
    List<Path> all = new ArrayList<>(own());
    all.addAll(recorded());
    return all;
  }

  static Exchange read(Path folder) {
    try {
      return Samples.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Protocol and folder, for messages. */
  static String name(Path folder) {
    return folder.getParent().getFileName() + "/" + folder.getFileName();
  }

  /** The exchange with another response body. */
  static Exchange.Builder like(Exchange e, byte[] request, byte[] response) {
    return Exchange.to(e.url())
        .method(e.method())
        .status(e.status())
        .request(request, e.requestType(), e.requestEncoding())
        .response(response, e.responseType(), e.responseEncoding())
        .truncated(e.requestTruncated(), e.responseTruncated())
        .finished(e.finished())
        .responseHeaders(e.responseHeaders());
  }
}
