package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;

/** The application's request body; what it produces is copied once the channel took it. */
final class TeeEntityProducer implements AsyncEntityProducer {
  private final AsyncEntityProducer producer;
  private final ClientCall call;

  TeeEntityProducer(AsyncEntityProducer producer, ClientCall call) {
    this.producer = producer;
    this.call = call;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    producer.produce(new TeeChannel(channel));
  }

  @Override
  public int available() {
    return producer.available();
  }

  @Override
  public boolean isRepeatable() {
    return producer.isRepeatable();
  }

  @Override
  public void failed(Exception cause) {
    producer.failed(cause);
  }

  @Override
  public void releaseResources() {
    producer.releaseResources();
  }

  @Override
  public long getContentLength() {
    return producer.getContentLength();
  }

  @Override
  public String getContentType() {
    return producer.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return producer.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return producer.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return producer.getTrailerNames();
  }

  private final class TeeChannel implements DataStreamChannel {
    private final DataStreamChannel channel;

    TeeChannel(DataStreamChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer offered = bytes.duplicate();
      int written = channel.write(bytes);
      offered.limit(offered.position() + written);
      call.requestBytes(offered);
      return written;
    }

    @Override
    public void requestOutput() {
      channel.requestOutput();
    }

    @Override
    public void endStream(List<? extends Header> trailers) throws IOException {
      channel.endStream(trailers);
    }

    @Override
    public void endStream() throws IOException {
      channel.endStream();
    }
  }
}
