package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientCallContract;

class AsyncHttpClientCallTest extends ClientCallContract {

  @Override
  protected Caller caller() {
    return new AsyncHttpClientCaller();
  }
}
