package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** Retrofit, which many SDKs of a house are made with, over OkHttp. */
class RetrofitTest extends SdkTest {
  private static final RequestBody ASK =
      RequestBody.create("{\"model\":\"m\"}", MediaType.get("application/json"));

  interface Chat {
    @POST("v1/chat/completions")
    Call<ResponseBody> complete(@Body RequestBody body);

    @Streaming
    @POST("v1/chat/completions")
    Call<ResponseBody> stream(@Body RequestBody body);
  }

  @Override
  public Library library() {
    return Library.of("Retrofit", Retrofit.class);
  }

  @Override
  public Map<Limit, String> limits() {
    String given = "it sends what it is given.";
    return Map.of(Limit.NO_TOOLS, given, Limit.NO_EMBEDDINGS, given);
  }

  private Chat chat() {
    return new Retrofit.Builder().baseUrl(server.uri("/").toString()).build().create(Chat.class);
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void call() throws Exception {
    Frame frame =
        once("okhttp", json("openai-chat.json"), () -> read(chat().complete(ASK).execute()));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("openai-chat.sse", "text/event-stream"),
            () -> read(chat().stream(ASK).execute()));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> read(chat().complete(ASK).execute()));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void enqueued() throws Exception {
    Frame frame =
        once(
            "okhttp",
            json("openai-chat.json"),
            () -> {
              CompletableFuture<String> answer = new CompletableFuture<>();
              chat()
                  .complete(ASK)
                  .enqueue(
                      new Callback<>() {
                        @Override
                        public void onResponse(
                            Call<ResponseBody> call, Response<ResponseBody> response) {
                          try {
                            answer.complete(read(response));
                          } catch (IOException e) {
                            answer.completeExceptionally(e);
                          }
                        }

                        @Override
                        public void onFailure(Call<ResponseBody> call, Throwable failure) {
                          answer.completeExceptionally(failure);
                        }
                      });
              return answer.get(20, TimeUnit.SECONDS);
            });

    assertThat(frame.event().http().status()).isEqualTo(200);
  }

  private static String read(Response<ResponseBody> response) throws IOException {
    try (ResponseBody body = response.isSuccessful() ? response.body() : response.errorBody()) {
      return response.code() + body.string();
    }
  }
}
