package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.ContentRule;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.mask.Detectors;
import io.sidetrace.daemon.shape.mask.JsonPath;
import io.sidetrace.daemon.shape.mask.OwnPattern;
import java.time.Duration;
import java.util.List;

/** What becomes of events on their way: the options that SIGHUP reads anew. */
public record ShapeOptions(
    @Setting(help = "spans to leave out by name, '*' standing for anything", unit = "patterns")
        List<String> dropNames,
    @Setting(
            help = "whether traces without a call to an LLM are left out",
            unit = "true or false",
            fallback = "false")
        boolean dropWithoutLlmCall,
    @Setting(
            help = "requests to leave out with everything beneath them",
            unit = "list",
            fileOnly = true)
        List<Criteria> dropRequests,
    @Setting(
            help = "share of traces to keep, by trace id",
            unit = "0 to 1",
            fallback = "1",
            env = {"LANGFUSE_SAMPLE_RATE"})
        double sampleRate,
    @Setting(
            help = "whether traces with an error are kept, sampled or not",
            unit = "true or false",
            fallback = "true")
        boolean sampleKeepErrors,
    @Setting(
            help = "traces with a span that took so long are kept, sampled or not; 0: none is",
            unit = "duration",
            fallback = "30s")
        Duration sampleKeepSlow,
    @Setting(
            help =
                "what is masked in every text that leaves: api-keys, jwt, email, phone, card, iban;"
                    + " 'all' is all of them",
            unit = "names")
        List<String> maskDetect,
    @Setting(
            help = "own regular expressions (RE2), with what stands there instead",
            unit = "list",
            fileOnly = true)
        List<OwnPattern> maskPatterns,
    @Setting(
            help = "JSON paths whose values never leave, such as $..password",
            unit = "paths",
            fileOnly = true)
        List<JsonPath> maskDeny,
    @Setting(
            help = "JSON paths that alone may leave in inputs and outputs",
            unit = "paths",
            fileOnly = true)
        List<JsonPath> maskAllow,
    @Setting(
            help = "requests whose content is masked or dropped, with that of the calls in them",
            unit = "list",
            fileOnly = true)
        List<ContentRule> maskContent,
    @Setting(
            help =
                "whether base64 media is moved to Langfuse's media store; else only its type and"
                    + " size are left",
            unit = "true or false",
            fallback = "true",
            env = {"LANGFUSE_MEDIA_UPLOAD_ENABLED"})
        boolean mediaUpload,
    @Setting(
            help = "larger media is not moved: its type and size are left",
            unit = "bytes",
            fallback = "10MiB")
        int mediaMaxBytes,
    @Setting(
            help = "longer inputs and outputs are cut in their middle, with a mark",
            unit = "bytes",
            fallback = "512KiB")
        int maxFieldBytes) {

  public ShapeOptions {
    check(sampleRate >= 0 && sampleRate <= 1, "sample-rate is " + sampleRate + ", not 0 to 1");
    check(maxFieldBytes >= 1024, "max-field-bytes is " + maxFieldBytes + ", below 1024");
    for (String detector : maskDetect) {
      check(
          detector.equals("all") || Detectors.NAMES.contains(detector),
          "mask-detect names "
              + detector
              + "; nearest is "
              + Words.nearest(detector, Detectors.NAMES));
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Its detectors, 'all' being all of them. */
  List<String> detectors() {
    return maskDetect.contains("all") ? Detectors.NAMES : maskDetect;
  }
}
