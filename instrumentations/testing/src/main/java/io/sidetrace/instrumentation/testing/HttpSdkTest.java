package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** A client of HTTP that knows nothing of models: it sends the bytes it is given. */
@NullUnmarked
public abstract class HttpSdkTest extends SdkTest {
  protected static final String ASK =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @Override
  public Map<Limit, String> limits() {
    String given = "it sends what it is given.";
    return Map.of(Limit.NO_TOOLS, given, Limit.NO_EMBEDDINGS, given);
  }
}
