package io.sidetrace.instrumentation.grpc;

import io.grpc.ServerBuilder;

/** What runs at the method that {@link GrpcInstrumentation} names. */
public final class BuildAdvice {

  private BuildAdvice() {}

  /** The last interceptor that is added is called first. */
  public static void enterBuild(ServerBuilder<?> builder) {
    builder.intercept(new CallInterceptor());
  }
}
