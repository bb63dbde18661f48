package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.Pending;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/** OkHttp as its users call it. */
final class OkHttpCaller implements Caller {
  static final OkHttpClient CLIENT = new OkHttpClient();

  private static final OkHttpClient HTTP_2 =
      CLIENT.newBuilder().protocols(Collections.singletonList(Protocol.H2_PRIOR_KNOWLEDGE)).build();

  @Override
  public Library library() {
    return Library.of("OkHttp", OkHttpClient.class);
  }

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public boolean inflates(String encoding) {
    return encoding.equals("gzip");
  }

  @Override
  public Incoming call(Outgoing request) throws IOException {
    Call call = newCall(request);
    return answer(call, call.execute());
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    Call call = newCall(request);
    Pending pending = new Pending(call::cancel);
    call.enqueue(
        new Callback() {
          @Override
          public void onResponse(Call call, Response response) {
            pending.complete(answer(call, response));
          }

          @Override
          public void onFailure(Call call, IOException failure) {
            pending.completeExceptionally(failure);
          }
        });
    return pending;
  }

  @Override
  public void listen(Outgoing request, Listener listener) {
    newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                listener.read(response.body().byteStream());
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                listener.onEnd(failure);
              }
            });
  }

  private static Call newCall(Outgoing outgoing) {
    OkHttpClient client = outgoing.http2() ? HTTP_2 : CLIENT;
    if (outgoing.timeout() != null) {
      client = client.newBuilder().callTimeout(outgoing.timeout()).build();
    }
    return client.newCall(newRequest(outgoing));
  }

  static Request newRequest(Outgoing outgoing) {
    Request.Builder request = new Request.Builder().url(outgoing.uri().toString());
    outgoing.headers().forEach(request::header);
    return request
        .method(outgoing.method(), outgoing.body() == null ? null : body(outgoing))
        .build();
  }

  @SuppressWarnings("deprecation") // OkHttp 3 has no other
  private static RequestBody body(Outgoing outgoing) {
    String type = outgoing.contentType();
    MediaType mediaType = type == null ? null : MediaType.parse(type);
    return !outgoing.oneShot()
        ? RequestBody.create(mediaType, outgoing.body())
        : new RequestBody() {
          @Override
          public MediaType contentType() {
            return mediaType;
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.write(outgoing.body());
          }
        };
  }

  private static Incoming answer(Call call, Response response) {
    return new Answer(
        response.code(),
        response::header,
        () -> response.request() + " " + response.networkResponse().request(),
        () -> response.body().byteStream(),
        call::cancel);
  }
}
