package io.sidetrace.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(CoverageExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class GrpcTest implements Covered {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final ExecutorService callers = Executors.newFixedThreadPool(8);

  private Server server;
  private ManagedChannel channel;

  ServerBuilder<?> server(SocketAddress address) {
    return NettyServerBuilder.forAddress(address);
  }

  ManagedChannelBuilder<?> channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port);
  }

  @BeforeAll
  void start() throws Exception {
    server =
        server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(GrpcChat.service())
            .build()
            .start();
    channel = channel(server.getPort()).usePlaintext().build();
  }

  @AfterAll
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    callers.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("gRPC server", Server.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.NO_BODIES, "messages are not captured.",
        Limit.NO_ROOT, "calls for methods that no service has make no root.");
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Server.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("grpc-api-" + System.getProperty("grpc.version"));
  }

  @Test
  @Covers(Behaviour.ROUTE)
  void aCall_isARootWithTheLlmCallInside() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask(channel, "now")).isEqualTo("asked");
    }

    assertRoots(3);
  }

  @Test
  @Covers(Behaviour.ROUTE_LATER)
  void anAnswerOfAnotherThread_isInItsRoot() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask(channel, "later")).isEqualTo("asked");
    }

    assertRoots(3);
  }

  @Test
  @Covers(Behaviour.ROUTES)
  void callsInParallel_keepApartAndLeaveNoContext() {
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> ask(channel, i % 2 == 0 ? "now" : "later"), callers))
            .toList();

    answers.forEach(CompletableFuture::join);

    assertRoots(30);
    Tracer.install(null);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(channel, "where")).isEqualTo("none");
    }
  }

  /** Each with one LLM call inside. */
  private static void assertRoots(int count) {
    List<Event> events = agent.awaitEvents(2 * count).stream().map(Frame::event).toList();
    assertThat(events).hasSize(2 * count);
    List<Event> roots = events.stream().filter(event -> event.kind() == Kind.REQUEST).toList();
    assertThat(roots).hasSize(count).extracting(Event::traceId).doesNotHaveDuplicates();
    for (Event root : roots) {
      assertThat(root.name()).isEqualTo("POST /test.Chat/Ask");
      assertThat(root.http().status()).isEqualTo(200);
      assertThat(root.level()).isNull();
      assertThat(events)
          .filteredOn(call -> root.spanId().equals(call.parentSpanId()))
          .singleElement()
          .extracting(Event::kind)
          .isEqualTo(Kind.EXCHANGE);
    }
  }

  @Test
  @Covers(Behaviour.ROUTE_STREAM)
  void aStream_isOneRoot() {
    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(
            channel, GrpcChat.STREAM, CallOptions.DEFAULT, "now");
    assertThat(answers).toIterable().containsExactly("asked");

    agent.awaitEvents(2);
    assertThat(root().name()).isEqualTo("POST /test.Chat/Stream");
  }

  @Test
  void traceparent_makesTheRootAChildOfItsCaller() {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    ask(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        "now");

    agent.awaitEvents(2);
    assertThat(root().traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(root().parentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  @Test
  @Covers(Behaviour.ROUTE_FAILED)
  void anException_isTheRootsError() {
    assertThatThrownBy(() -> ask(channel, "fail")).isInstanceOf(StatusRuntimeException.class);

    agent.awaitEvent();
    assertThat(root().level()).isEqualTo(Level.ERROR);
    assertThat(root().error().message()).isEqualTo("boom");
  }

  @Test
  void whatTheCallerDidWrong_isNoError() {
    assertThatThrownBy(() -> ask(channel, "wrong")).isInstanceOf(StatusRuntimeException.class);

    agent.awaitEvent();
    assertThat(root().level()).isNull();
  }

  @Test
  void aCallThatIsCancelled_isAWarning() throws Exception {
    ClientCall<String, String> call = channel.newCall(GrpcChat.STREAM, CallOptions.DEFAULT);
    ClientCalls.asyncServerStreamingCall(call, "never", new Ignored());
    assertThat(GrpcChat.BEGUN.tryAcquire(10, SECONDS)).isTrue();

    call.cancel("seen enough", null);

    agent.awaitEvent();
    assertThat(root().level()).isEqualTo(Level.WARNING);
  }

  private static Event root() {
    return agent.events().stream()
        .map(Frame::event)
        .filter(event -> event.kind() == Kind.REQUEST)
        .findFirst()
        .orElseThrow();
  }

  private static String ask(Channel to, String how) {
    return ClientCalls.blockingUnaryCall(to, GrpcChat.ASK, CallOptions.DEFAULT, how);
  }

  private static final class Ignored implements StreamObserver<String> {

    @Override
    public void onNext(String answer) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onCompleted() {}
  }
}
