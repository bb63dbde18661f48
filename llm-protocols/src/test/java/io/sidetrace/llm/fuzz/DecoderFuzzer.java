package io.sidetrace.llm.fuzz;

import io.sidetrace.llm.DecodeOptions;
import io.sidetrace.llm.Generation;
import io.sidetrace.llm.GenerationJson;
import io.sidetrace.llm.Media;
import io.sidetrace.llm.Protocols;

/**
 * What Jazzer calls: the decoder named by the system property {@code fuzz.protocol}, or all, with
 * bytes that {@link FuzzInput} makes an exchange of. Anything a decoder may not do is thrown.
 */
public final class DecoderFuzzer {
  private static final DecodeOptions OPTIONS = new DecodeOptions(false, 1 << 20);

  private DecoderFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String protocol = System.getProperty("fuzz.protocol", "all");
    if (protocol.equals("all")) {
      FuzzInput.protocols().forEach(each -> check(each, data));
    } else {
      check(protocol, data);
    }
  }

  /** Decodes and looks at what must hold for any bytes. */
  public static void check(String protocol, byte[] data) {
    Generation generation = Protocols.decode(FuzzInput.exchange(protocol, data), OPTIONS);
    demand(!generation.metadata().containsKey("decodeError"), "a decoder threw");
    demand(generation.usage().values().stream().allMatch(n -> n >= 0), "a negative count");
    for (Media media : generation.media()) {
      String text = media.field() == Media.Field.INPUT ? generation.input() : generation.output();
      demand(
          text != null
              && media.start() <= media.base64Start()
              && media.base64Start() <= media.end()
              && media.end() <= text.length(),
          "media outside its text");
    }
    String line = GenerationJson.write(generation);
    demand(line.startsWith("{") && line.endsWith("}"), "no JSON object");
    demand(line.indexOf('\n') < 0, "more than one line");
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
