package io.sidetrace.sample.advice;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** A name and its rules, for tests. */
public record SampleInstrumentation(String name, List<Rule> rules) implements Instrumentation {}
