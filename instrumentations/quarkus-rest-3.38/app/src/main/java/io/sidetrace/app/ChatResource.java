package io.sidetrace.app;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the contract of frameworks asks for. Its classes are beside Quarkus' loader, not in it. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public class ChatResource {
  private static final String CONTRACT = "io.sidetrace.instrumentation.testing.FrameworkContract";

  @GET
  @Path("chats/{id}")
  public String chats(@PathParam("id") String id) {
    return call("ask");
  }

  @GET
  @Path("later/{id}")
  public Uni<String> later(@PathParam("id") String id) {
    return Uni.createFrom()
        .item(() -> call("ask"))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  @GET
  @Path("stream/{id}")
  public Multi<String> stream(@PathParam("id") String id) {
    return Multi.createFrom()
        .items("one ", "", " three")
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(piece -> piece.isEmpty() ? call("ask") : piece);
  }

  @GET
  @Path("fail/{id}")
  public String fail(@PathParam("id") String id) {
    throw new IllegalStateException("boom");
  }

  @GET
  @Path("health")
  public String health() {
    return call("where");
  }

  private static String call(String method) {
    try {
      Class<?> contract = Class.forName(CONTRACT, true, ClassLoader.getSystemClassLoader());
      return String.valueOf(contract.getMethod(method).invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
