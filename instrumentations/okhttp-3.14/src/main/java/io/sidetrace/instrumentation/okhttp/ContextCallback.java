package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Context;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Runs the application's callback in the context it enqueued the call in. */
final class ContextCallback implements Callback {
  private final Callback callback;
  private final Context context;

  ContextCallback(Callback callback, Context context) {
    this.callback = callback;
    this.context = context;
  }

  @Override
  public void onResponse(Call call, Response response) throws IOException {
    @Nullable Context previous = Context.attach(context);
    try {
      callback.onResponse(call, response);
    } finally {
      Context.restore(previous);
    }
  }

  @Override
  public void onFailure(Call call, IOException failure) {
    @Nullable Context previous = Context.attach(context);
    try {
      callback.onFailure(call, failure);
    } finally {
      Context.restore(previous);
    }
  }
}
