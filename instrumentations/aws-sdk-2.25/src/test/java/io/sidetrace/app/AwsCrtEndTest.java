package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientEndContract;

class AwsCrtEndTest extends ClientEndContract {

  @Override
  protected Caller caller() {
    return AwsHttpCaller.CRT;
  }
}
