package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An AI framework's models of several providers: the same calls to each. */
@NullUnmarked
public abstract class ModelContract<P extends ModelContract.Provider> extends SdkTest {

  /**
   * How a framework calls a provider.
   *
   * @param client what sends calls, as the event names it
   * @param streamingClient what sends calls whose answer is a stream
   */
  public record Way(
      String framework, ProviderApi api, Class<?> model, String client, String streamingClient) {}

  /** A provider that a framework calls, and a row of the coverage table. */
  public interface Provider extends Covered {
    Way way();

    @Override
    default Library library() {
      return Library.of(way().framework() + ", " + way().api().title(), way().model());
    }

    @Override
    default Map<Limit, String> limits() {
      Map<Limit, String> limits = new EnumMap<>(Limit.class);
      limits.put(Limit.NO_ASYNC, "its streams are its asynchronous calls.");
      if (way().api().embedding().isEmpty()) {
        limits.put(Limit.NO_EMBEDDINGS, "the provider has none.");
      }
      return limits;
    }
  }

  protected abstract List<P> providers();

  protected final List<P> providersOfEmbeddings() {
    return providers().stream()
        .filter(provider -> !provider.limits().containsKey(Limit.NO_EMBEDDINGS))
        .toList();
  }

  /** A model, which the calls then share, asked anything. */
  protected abstract Callable<?> chat(P provider);

  /** The model is offered the tool {@code weather}, calls it, and is told {@code rain}. */
  protected abstract Callable<?> chatWithTool(P provider);

  protected abstract Callable<?> chatStreaming(P provider);

  protected abstract Callable<?> embed(P provider);

  /** Whether it reads what comes after the last event of a stream. */
  protected boolean readsStreamsToTheirEnd() {
    return true;
  }

  @ParameterizedTest
  @MethodSource("providers")
  @Covers(Behaviour.SDK_PLAIN)
  void call(P provider) throws Exception {
    ProviderApi api = provider.way().api();

    Frame frame = once(provider.way().client(), json(api.plain()), chat(provider));

    assertThat(frame.event().http().url()).endsWith(api.path());
    assertThat(frame.response().toBytes()).isEqualTo(reply(api.plain()));
  }

  @ParameterizedTest
  @MethodSource("providers")
  @Covers(Behaviour.SDK_TOOLS)
  void tools(P provider) throws Exception {
    ProviderApi api = provider.way().api();
    FakeLlm.Answer answers = inTurn(api.tools(), api.plain());

    List<Frame> frames = exchanges(2, provider.way().client(), answers, chatWithTool(provider));

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply(api.tools()));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @ParameterizedTest
  @MethodSource("providers")
  @Covers(Behaviour.SDK_ERROR)
  void refused(P provider) throws Exception {
    Callable<?> chat = chat(provider);

    Frame frame = once(provider.way().client(), refusal(), () -> outcome(chat));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @MethodSource("providers")
  @Covers(Behaviour.SDK_STREAM)
  void stream(P provider) throws Exception {
    ProviderApi api = provider.way().api();
    FakeLlm.Answer answer = stream(api.stream(), api.streamType());

    Frame frame = once(provider.way().streamingClient(), answer, chatStreaming(provider));

    byte[] read = frame.response().toBytes();
    byte[] reply = reply(api.stream());
    assertThat(read)
        .isEqualTo(readsStreamsToTheirEnd() ? reply : Arrays.copyOf(reply, read.length));
  }

  @ParameterizedTest
  @MethodSource("providersOfEmbeddings")
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings(P provider) throws Exception {
    String embedding = provider.way().api().embedding();

    Frame frame = once(provider.way().client(), json(embedding), embed(provider));

    assertThat(frame.response().toBytes()).isEqualTo(reply(embedding));
  }
}
