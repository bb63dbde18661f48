package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.RequestSource;
import java.io.IOException;
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
          new RequestSource(stream.getInputStream(), call), stream.getContentLength());
    }
    if (body instanceof NettyBodyBody generated) {
      return new NettyBodyBody(new TeeBody(generated.getBody(), call), SETTINGS);
    }
    return body.getClass().getSimpleName().equals("NettyReactiveStreamsBody") // until 2
        ? TeePublisher.body(request, call)
        : body;
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
