package io.sidetrace.agent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientStreamsTest {
  private static final byte[] BODY = "0123456789".getBytes(UTF_8);

  private final List<Frame> frames = new ArrayList<>();
  private final Tracer tracer =
      new Tracer(
          CaptureSettings.defaults(new Event.Origin("test", "1", null, null)),
          event -> frames.add(event.frame()));
  private ClientCall call;

  @BeforeEach
  void begin() {
    Tracer.install(tracer);
    call = ClientCall.begin("test", "POST", "https://h/v1/chat/completions");
  }

  @AfterEach
  void ended() {
    Tracer.install(null);
    assertThat(tracer.open()).isZero();
    assertThat(frames).hasSize(1);
  }

  private InputStream response(InputStream in) {
    return new ResponseStream(in, call, this);
  }

  @Test
  void whatIsWritten_isCapturedOnceItWas() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (RequestStream out = new RequestStream(sent, call)) {
      out.write('0');
      out.write(BODY, 1, 3);
      out.write(new byte[] {'4'});
    }
    call.end();

    assertThat(sent.toString(UTF_8)).isEqualTo("01234");
    assertThat(frames.get(0).request().toUtf8()).isEqualTo("01234");
  }

  @Test
  void readToItsEnd_theCallEnds() throws Exception {
    assertThat(response(new ByteArrayInputStream(BODY)).readAllBytes()).isEqualTo(BODY);

    assertThat(frames.get(0).response().toBytes()).isEqualTo(BODY);
    assertThat(frames.get(0).event().responseSize()).isEqualTo(new BodySize(10, false, false));
  }

  @Test
  void atTheLastByteOfAKnownLength_theCallEnds() throws Exception {
    call.responseHead(200, "text/plain", null, 2);
    InputStream in = response(new ByteArrayInputStream(BODY, 0, 2));

    assertThat(in.read()).isEqualTo('0');
    assertThat(frames).isEmpty();
    assertThat(in.read()).isEqualTo('1');

    assertThat(frames.get(0).event().responseSize()).isEqualTo(new BodySize(2, false, false));
  }

  @Test
  void anAnswerOfLengthZero_endsTheCall() {
    call.responseHead(204, name -> name.equals("Content-Length") ? "0" : null);

    assertThat(frames.get(0).event().responseSize()).isEqualTo(new BodySize(0, false, false));
  }

  @Test
  void closedEarly_whatWasReadIsKept() throws Exception {
    try (InputStream in = response(new ByteArrayInputStream(BODY))) {
      assertThat(in.readNBytes(4)).hasSize(4);
    }

    assertThat(frames.get(0).event().responseSize()).isEqualTo(new BodySize(4, false, true));
  }

  @Test
  void whatIsReadAgain_isCapturedOnce() throws Exception {
    InputStream in = response(new ByteArrayInputStream(BODY));
    in.readNBytes(2);
    in.mark(100);
    in.readNBytes(3);
    in.reset();

    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("23456789");

    assertThat(frames.get(0).response().toBytes()).isEqualTo(BODY);
  }

  @Test
  void whatIsSkipped_isNotCaptured() throws Exception {
    InputStream in = response(new ByteArrayInputStream(BODY));
    assertThat(in.skip(3)).isEqualTo(3);

    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("3456789");

    assertThat(frames.get(0).response().toUtf8()).isEqualTo("3456789");
  }

  @Test
  void aFailure_passesAndEndsTheCall() {
    InputStream in = response(new Broken());

    assertThatThrownBy(in::read).hasMessage("reset");

    assertThat(frames.get(0).event().error().message()).isEqualTo("reset");
  }

  @Test
  void aFailureThatIsACancellation_isNoError() {
    call.cancelledIf(failure -> failure.getMessage().equals("reset"));
    InputStream in = response(new Broken());

    assertThatThrownBy(in::readAllBytes).hasMessage("reset");

    assertThat(frames.get(0).event().error()).isNull();
    assertThat(frames.get(0).event().responseSize().closedEarly()).isTrue();
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("reset");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("reset");
    }
  }
}
