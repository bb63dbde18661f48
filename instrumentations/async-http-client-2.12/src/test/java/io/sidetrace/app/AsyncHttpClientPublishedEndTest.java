package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;

class AsyncHttpClientPublishedEndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return new PublishedCaller();
  }
}
