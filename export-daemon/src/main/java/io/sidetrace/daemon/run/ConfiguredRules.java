package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.ContentRule;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.CriteriaFilter;
import io.sidetrace.daemon.shape.CutRule;
import io.sidetrace.daemon.shape.EventRule;
import io.sidetrace.daemon.shape.MaskRule;
import io.sidetrace.daemon.shape.MediaRule;
import io.sidetrace.daemon.shape.NameFilter;
import io.sidetrace.daemon.shape.ObservationRule;
import io.sidetrace.daemon.shape.RuleCounts;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.SampleRule;
import io.sidetrace.daemon.shape.mask.Detectors;
import io.sidetrace.daemon.shape.mask.TextMask;
import io.sidetrace.daemon.shape.trace.TraceRules;
import java.util.ArrayList;
import java.util.List;

/** The rules that the options ask for, in their order. What is not asked for costs nothing. */
final class ConfiguredRules {
  private ConfiguredRules() {}

  /**
   * @param toLangfuse whether there is a media store to move media to
   */
  static Rules of(ShapeOptions options, boolean toLangfuse, RuleCounts counts) {
    List<EventRule> refusing = new ArrayList<>();
    if (!options.dropNames().isEmpty()) {
      refusing.add(new NameFilter(options.dropNames()));
    }
    List<Criteria> requests = new ArrayList<>();
    for (Criteria criteria : options.dropRequests()) {
      if (criteria.asksForRequest()) {
        requests.add(criteria);
      } else {
        refusing.add(new CriteriaFilter(criteria));
      }
    }
    SampleRule sample = options.sampleRate() < 1 ? new SampleRule(options.sampleRate()) : null;
    long slow = options.sampleKeepSlow().toNanos();
    if (sample != null && !options.sampleKeepErrors() && slow == 0) {
      refusing.add(sample);
      sample = null;
    }
    TraceRules traces =
        new TraceRules(
            options.dropWithoutLlmCall(),
            requests,
            sample,
            options.sampleKeepErrors(),
            slow,
            options.maskContent().stream()
                .map(ContentRule::when)
                .filter(Criteria::asksForRequest)
                .toList());
    List<ObservationRule> changing = new ArrayList<>(options.maskContent());
    if (toLangfuse || !options.mediaUpload()) {
      changing.add(new MediaRule(options.mediaUpload(), options.mediaMaxBytes()));
    }
    if (masks(options)) {
      changing.add(new MaskRule(mask(options), counts));
    }
    changing.add(new CutRule(options.maxFieldBytes()));
    return new Rules(refusing, traces, changing);
  }

  private static boolean masks(ShapeOptions options) {
    return !options.maskDetect().isEmpty()
        || !options.maskPatterns().isEmpty()
        || !options.maskDeny().isEmpty()
        || !options.maskAllow().isEmpty();
  }

  private static TextMask mask(ShapeOptions options) {
    return new TextMask(
        options.detectors().stream().map(Detectors::of).toList(),
        options.maskPatterns(),
        options.maskAllow(),
        options.maskDeny());
  }
}
