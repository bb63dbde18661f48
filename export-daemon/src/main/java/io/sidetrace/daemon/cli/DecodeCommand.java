package io.sidetrace.daemon.cli;

import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.GenerationJson;
import io.sidetrace.llm.Protocols;
import io.sidetrace.llm.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sidetrace decode}: what a captured exchange means, as JSON. */
@Command(
    name = "decode",
    description = {
      "Prints what an exchange with an LLM provider means, as one JSON object on a line.",
      "",
      "Give one exchange by --url, --request and --response, or folders: each is searched for"
          + " meta.json (url, method, status, requestContentType, responseContentType, chunks) with"
          + " request.body and response.body beside it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DecodeCommand implements Callable<Integer> {
  @Option(names = "--url", paramLabel = "<url>", description = "The URL that was called.")
  private @Nullable String url;

  @Option(names = "--method", paramLabel = "<method>", description = "Default: ${DEFAULT-VALUE}.")
  private String method = "POST";

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description = "HTTP status; 0: no answer came. Default: ${DEFAULT-VALUE}.")
  private int status = 200;

  @Option(names = "--request", paramLabel = "<file>", description = "The request body.")
  private @Nullable Path request;

  @Option(names = "--response", paramLabel = "<file>", description = "The response body.")
  private @Nullable Path response;

  @Option(
      names = "--content-type",
      paramLabel = "<type>",
      description = "The response's content type. Unset: told by its bytes.")
  private @Nullable String responseType;

  @Option(
      names = "--content-encoding",
      paramLabel = "<encoding>",
      description = "The response's content encoding, such as gzip.")
  private @Nullable String responseEncoding;

  @Option(
      names = "--request-content-type",
      paramLabel = "<type>",
      description = "The request's content type.")
  private @Nullable String requestType;

  @Option(
      names = "--request-content-encoding",
      paramLabel = "<encoding>",
      description = "The request's content encoding.")
  private @Nullable String requestEncoding;

  @Parameters(
      paramLabel = "<folder>",
      arity = "0..*",
      description = "Folders of samples; each line then names its folder as \"sample\".")
  private List<Path> folders = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if ((url == null) == folders.isEmpty()) {
      throw new CommandLine.ParameterException(spec.commandLine(), "give either --url or folders");
    }
    PrintWriter out = spec.commandLine().getOut();
    int failed = 0;
    if (url != null) {
      out.println(GenerationJson.write(Protocols.decode(exchange(url))));
    } else {
      for (Path folder : folders) {
        failed += decodeAll(folder, out);
      }
    }
    out.flush();
    return failed == 0 ? 0 : CommandLine.ExitCode.SOFTWARE;
  }

  private Exchange exchange(String calledUrl) throws IOException {
    return Exchange.to(calledUrl)
        .method(method)
        .status(status)
        .request(bytes(request), requestType, requestEncoding)
        .response(bytes(response), responseType, responseEncoding)
        .build();
  }

  private static byte[] bytes(@Nullable Path file) throws IOException {
    return file == null ? new byte[0] : Files.readAllBytes(file);
  }

  /**
   * @return how many samples could not be read
   */
  private int decodeAll(Path folder, PrintWriter out) throws IOException {
    List<Path> samples = Samples.find(folder);
    if (samples.isEmpty()) {
      throw new IOException("no meta.json in " + folder + " or below it");
    }
    int failed = 0;
    for (Path sample : samples) {
      try {
        out.println(
            GenerationJson.write(Protocols.decode(Samples.read(sample)), sample.toString()));
      } catch (IOException e) {
        // The others are still worth printing.
        spec.commandLine().getErr().println("sidetrace decode: " + e.getMessage());
        failed++;
      }
    }
    return failed;
  }
}
