package io.sidetrace.instrumentation.testing;

import java.util.concurrent.ExecutionException;

/** A library that only answers later: its users wait for the future. */
public interface AsyncCaller extends Caller {

  @Override
  default Incoming call(Outgoing request) throws Exception {
    try {
      return callAsync(request).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
