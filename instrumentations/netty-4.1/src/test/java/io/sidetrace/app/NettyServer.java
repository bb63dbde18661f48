package io.sidetrace.app;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.sidetrace.instrumentation.testing.ContractApplication;
import io.sidetrace.instrumentation.testing.ContractServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The contract's application behind Netty's codec: one request of a connection after the other, on
 * threads that may block.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what closes need not be awaited
final class NettyServer {
  private static final int MAX_BODY = 1 << 20;

  private final ContractApplication application;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  NettyServer(ContractApplication application) {
    this.application = application;
  }

  ContractServer start() throws Exception {
    return start(this::addHttp1);
  }

  /** A client may ask for HTTP/2, whose streams then have channels of their own. */
  ContractServer startWithHttp2() throws Exception {
    return start(this::addHttp1And2);
  }

  private void addHttp1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(),
        new HttpServerKeepAliveHandler(),
        new HttpObjectAggregator(MAX_BODY),
        new Handler());
  }

  private void addHttp1And2(ChannelPipeline pipeline) {
    var codec = new HttpServerCodec();
    pipeline.addLast(
        codec,
        new HttpServerUpgradeHandler(codec, protocol -> http2(), MAX_BODY),
        new HttpServerKeepAliveHandler(),
        new HttpObjectAggregator(MAX_BODY),
        new Handler());
  }

  private Http2ServerUpgradeCodec http2() {
    var streams =
        new Http2MultiplexHandler(
            initializer(
                pipeline ->
                    pipeline.addLast(
                        new Http2StreamFrameToHttpObjectCodec(true),
                        new HttpObjectAggregator(MAX_BODY),
                        new Handler())));
    return new Http2ServerUpgradeCodec(Http2FrameCodecBuilder.forServer().build(), streams);
  }

  private static ChannelInitializer<Channel> initializer(Consumer<ChannelPipeline> handlers) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        handlers.accept(channel.pipeline());
      }
    };
  }

  @SuppressWarnings("deprecation") // Netty 4.2 has another, 4.1 only this
  private ContractServer start(Consumer<ChannelPipeline> handlers) throws Exception {
    var loops = new NioEventLoopGroup(2);
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer(handlers))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    return new ContractServer(
        ((InetSocketAddress) server.localAddress()).getPort(),
        () -> {
          server.close().sync();
          loops.shutdownGracefully();
          threads.shutdown();
        });
  }

  private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      var exchange =
          new NettyExchange(context, request, () -> context.executor().execute(this::next));
      Runnable work = () -> handle(exchange, context);
      if (busy) {
        waiting.add(work);
      } else {
        busy = true;
        threads.execute(work);
      }
    }

    private void next() {
      Runnable work = waiting.poll();
      if (work == null) {
        busy = false;
      } else {
        threads.execute(work);
      }
    }

    private void handle(NettyExchange exchange, ChannelHandlerContext context) {
      try {
        application.handle(exchange);
        exchange.handled();
      } catch (Exception e) {
        context.fireExceptionCaught(e);
        answerFailure(exchange, context);
      }
    }

    private void answerFailure(NettyExchange exchange, ChannelHandlerContext context) {
      if (exchange.hasBegun()) {
        context.close();
        return;
      }
      context
          .writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.INTERNAL_SERVER_ERROR))
          .addListener(done -> context.close());
    }
  }
}
