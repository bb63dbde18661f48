package io.sidetrace.llm.spi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer among those a model gave, while it grows. */
public final class Choice {
  public final Text text = new Text();
  public final List<Call> calls = new ArrayList<>();
  public @Nullable String finish;

  /** The answer as its provider wrote it, JSON text; null when it came in pieces. */
  public @Nullable String raw;

  /** Takes over another's text and calls, in place of its own. */
  public void become(Choice other) {
    text.clear();
    text.append(other.text.toString());
    calls.clear();
    calls.addAll(other.calls);
  }

  /** Adds a tool call. */
  public Call call() {
    Call call = new Call();
    calls.add(call);
    return call;
  }

  /** The tool call added last, made when there is none. */
  public Call lastCall() {
    return calls.isEmpty() ? call() : calls.get(calls.size() - 1);
  }
}
