package io.sidetrace.daemon.export.langfuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LangfuseClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The JDK's client remembers requests, each a megabyte that would be promoted. */
  @Test
  void post_letsGoOfTheRequest_onceItIsAnswered() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start()) {
      LangfuseClient client = client(langfuse.url(), LIMIT);

      WeakReference<byte[]> sent = send(client);

      Await.until(
          "the bytes to go",
          LIMIT,
          () -> {
            System.gc();
            return sent.get() == null;
          });
      assertThat(send(client)).isNotNull(); // the client is in use until here
    }
  }

  @Test
  @Timeout(30)
  void post_doesNotWaitForEver_forAServerThatDoesNotAccept() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0)) {
      URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort());

      assertThatThrownBy(() -> client(url, Duration.ofMillis(200)).post(request()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    }
  }

  @Test
  void body_isHandedOnInPieces_untilItIsReleased() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    RequestBody whole = new RequestBody(new Slice(bytes, 7, 90_000));
    RequestBody released = new RequestBody(new Slice(bytes, 7, 90_000));

    Taken all = new Taken(Long.MAX_VALUE);
    whole.subscribe(all);
    Taken some = new Taken(2);
    released.subscribe(some);
    released.release();
    some.subscription.request(1);

    assertThat(whole.contentLength()).isEqualTo(90_000);
    assertThat(all.end).isEqualTo("complete");
    assertThat(all.joined()).isEqualTo(new Slice(bytes, 7, 90_000).toBytes());
    assertThat(some.pieces).hasSize(2);
    assertThat(some.end).isEqualTo("java.io.IOException: the request was given up");
  }

  private static WeakReference<byte[]> send(LangfuseClient client) throws Exception {
    Slice request = request();
    assertThat(client.post(request).status()).isEqualTo(400);
    return new WeakReference<>(request.array());
  }

  private static Slice request() {
    return Gzip.pack(new byte[100_000], 0); // no spans, which is an answer too
  }

  private static LangfuseClient client(URI url, Duration timeout) {
    return new LangfuseClient(
        url, LangfuseStandIn.PUBLIC_KEY, LangfuseStandIn.SECRET_KEY, timeout, "test");
  }

  /** Asks for one piece after the other, from within. */
  private static final class Taken implements Subscriber<ByteBuffer> {
    private final List<ByteBuffer> pieces = new ArrayList<>();
    private final long limit;
    private Subscription subscription;
    private String end = "";

    private Taken(long limit) {
      this.limit = limit;
    }

    @Override
    public void onSubscribe(Subscription coming) {
      subscription = coming;
      coming.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      pieces.add(piece);
      if (pieces.size() < limit) {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      end = thrown.toString();
    }

    @Override
    public void onComplete() {
      end = "complete";
    }

    private byte[] joined() {
      ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
      pieces.forEach(all::put);
      return all.array();
    }
  }
}
