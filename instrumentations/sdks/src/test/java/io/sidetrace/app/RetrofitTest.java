package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.HttpSdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;
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
class RetrofitTest extends HttpSdkTest {
  private static final RequestBody BODY =
      RequestBody.create(ASK, MediaType.get("application/json"));

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

  private Chat chat() {
    return new Retrofit.Builder().baseUrl(server.uri("/").toString()).build().create(Chat.class);
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void call() throws Exception {
    Frame frame =
        once("okhttp", json("openai-chat.json"), () -> read(chat().complete(BODY).execute()));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("openai-chat.sse", "text/event-stream"),
            () -> read(chat().stream(BODY).execute()));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> read(chat().complete(BODY).execute()));

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
                  .complete(BODY)
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
