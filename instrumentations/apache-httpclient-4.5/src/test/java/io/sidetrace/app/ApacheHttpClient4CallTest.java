package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientCallContract;

class ApacheHttpClient4CallTest extends ClientCallContract {

  @Override
  protected Caller caller() {
    return new ApacheHttpClient4Caller();
  }
}
