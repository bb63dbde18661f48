package io.sidetrace.app;

import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.ServerHttp2Contract;
import io.sidetrace.instrumentation.testing.coverage.Library;

/** Streams that have channels of their own, as Reactor Netty and Micronaut 4.0 use them. */
class NettyHttp2ContractTest extends ServerHttp2Contract {

  @Override
  protected boolean pushesBodies() {
    return true;
  }

  @Override
  public Library library() {
    return Library.of("Netty, HTTP/2", Http2MultiplexHandler.class);
  }

  @Override
  protected ContractServer start(ContractApplication application) throws Exception {
    return new NettyServer(application).startWithHttp2();
  }
}
