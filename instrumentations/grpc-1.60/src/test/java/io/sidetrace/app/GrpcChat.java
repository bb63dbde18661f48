package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** A service that answers as the question says. */
final class GrpcChat {
  static final MethodDescriptor<String, String> ASK = method("Ask", MethodType.UNARY);
  static final MethodDescriptor<String, String> STREAM =
      method("Stream", MethodType.SERVER_STREAMING);

  /** A call that gets no answer. */
  static final Semaphore BEGUN = new Semaphore(0);

  private GrpcChat() {}

  static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("test.Chat")
        .addMethod(ASK, ServerCalls.asyncUnaryCall(GrpcChat::serve))
        .addMethod(STREAM, ServerCalls.asyncServerStreamingCall(GrpcChat::serve))
        .build();
  }

  private static void serve(String how, StreamObserver<String> answer) {
    switch (how) {
      case "now" -> complete(answer, FrameworkContract.ask());
      case "later" -> {
        CompletableFuture<Void> done =
            CompletableFuture.supplyAsync(FrameworkContract::ask)
                .thenAccept(asked -> complete(answer, asked));
        assertThat(done).isNotNull();
      }
      case "where" -> complete(answer, FrameworkContract.where());
      case "fail" -> throw new IllegalStateException("boom");
      case "wrong" -> answer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
      default -> BEGUN.release(); // leaves the caller without an answer
    }
  }

  private static void complete(StreamObserver<String> answer, String text) {
    answer.onNext(text);
    answer.onCompleted();
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Chat", name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  private static final class Text implements Marshaller<String> {

    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream in) {
      try {
        return new String(in.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
