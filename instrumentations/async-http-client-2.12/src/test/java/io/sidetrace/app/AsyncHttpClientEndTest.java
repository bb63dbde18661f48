package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;

class AsyncHttpClientEndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return new AsyncHttpClientCaller();
  }
}
