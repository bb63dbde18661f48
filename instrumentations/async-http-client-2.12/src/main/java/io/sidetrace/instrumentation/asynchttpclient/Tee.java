package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.sidetrace.agent.api.ClientCall;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.request.body.NettyBody;
import org.asynchttpclient.netty.request.body.NettyBodyBody;
import org.asynchttpclient.netty.request.body.NettyInputStreamBody;
import org.asynchttpclient.request.body.Body;

/** Gives a request's body again, of the same kind, that copies what is read of it. */
record Tee(ClientCall call, Request request) {
  /** Asked of bodies alone that the kernel might send, and a copied one is none. */
  private static final AsyncHttpClientConfig SETTINGS =
      new DefaultAsyncHttpClientConfig.Builder().build();

  NettyBody of(NettyBody body) {
    if (body instanceof NettyInputStreamBody stream) {
      return new NettyInputStreamBody(
          new TeeStream(stream.getInputStream(), call), stream.getContentLength());
    }
    if (body instanceof NettyBodyBody generated) {
      return new NettyBodyBody(new TeeBody(generated.getBody(), call), SETTINGS);
    }
    return body.getClass().getSimpleName().equals("NettyReactiveStreamsBody") // until 2
        ? TeePublisher.body(request, call)
        : body;
  }

  private static final class TeeStream extends FilterInputStream {
    private final ClientCall call;

    TeeStream(InputStream in, ClientCall call) {
      super(in);
      this.call = call;
    }

    @Override
    public int read() throws IOException {
      int single = in.read();
      if (single >= 0) {
        call.requestBytes(new byte[] {(byte) single}, 0, 1);
      }
      return single;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      call.requestBytes(bytes, offset, count);
      return count;
    }
  }

  private record TeeBody(Body body, ClientCall call) implements Body {

    @Override
    public long getContentLength() {
      return body.getContentLength();
    }

    @Override
    public BodyState transferTo(ByteBuf target) throws IOException {
      int start = target.writerIndex();
      BodyState state = body.transferTo(target);
      Bytes.each(target, start, call::requestBytes);
      return state;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
