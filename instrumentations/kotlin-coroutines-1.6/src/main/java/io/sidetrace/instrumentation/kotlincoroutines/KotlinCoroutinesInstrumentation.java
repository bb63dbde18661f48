package io.sidetrace.instrumentation.kotlincoroutines;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where every builder of coroutines makes the new one's coroutine context. */
public final class KotlinCoroutinesInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "kotlin-coroutines";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in("kotlinx.coroutines.CoroutineContextKt")
            .method(
                "newCoroutineContext",
                "kotlinx.coroutines.CoroutineScope",
                "kotlin.coroutines.CoroutineContext")
            .advice("io.sidetrace.instrumentation.kotlincoroutines.CoroutineAdvice")
            .exit("exitNewContext"));
  }
}
