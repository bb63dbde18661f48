package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;

class ApacheHttpClient5EndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return new ApacheHttpClient5Caller();
  }
}
