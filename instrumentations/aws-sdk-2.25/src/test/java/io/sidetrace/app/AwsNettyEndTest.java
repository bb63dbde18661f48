package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;

class AwsNettyEndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return AwsHttpCaller.NETTY;
  }
}
