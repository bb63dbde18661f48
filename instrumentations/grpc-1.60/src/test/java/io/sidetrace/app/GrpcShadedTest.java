package io.sidetrace.app;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.SocketAddress;

/** On grpc-netty-shaded, whose Netty has other names. */
class GrpcShadedTest extends GrpcTest {

  @Override
  ServerBuilder<?> server(SocketAddress address) {
    return NettyServerBuilder.forAddress(address);
  }

  @Override
  ManagedChannelBuilder<?> channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port);
  }
}
