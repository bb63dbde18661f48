package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.CutRule;
import io.sidetrace.daemon.shape.EventRule;
import io.sidetrace.daemon.shape.MaskRule;
import io.sidetrace.daemon.shape.NameFilter;
import io.sidetrace.daemon.shape.ObservationRule;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.SampleRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules that the options ask for, in their order. */
final class ConfiguredRules {
  private ConfiguredRules() {}

  static Rules of(DaemonOptions options) {
    List<EventRule> refusing = new ArrayList<>();
    if (!options.dropNames().isEmpty()) {
      refusing.add(new NameFilter(options.dropNames()));
    }
    if (options.sampleRate() < 1) {
      refusing.add(new SampleRule(options.sampleRate()));
    }
    List<ObservationRule> changing = new ArrayList<>();
    String mask = options.mask();
    if (mask != null) {
      changing.add(new MaskRule(Pattern.compile(mask)));
    }
    changing.add(new CutRule(options.maxFieldBytes()));
    return new Rules(refusing, changing);
  }
}
