package io.sidetrace.instrumentation.jettyclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** An answer's body: what a listener is given is copied, and it is called in its context. */
final class PassageSource implements Content.Source {
  private final Content.Source source;
  private final @Nullable ClientCall call;
  private final @Nullable Context caller;

  /**
   * @param call null if only the context travels
   */
  PassageSource(Content.Source source, @Nullable ClientCall call, @Nullable Context caller) {
    this.source = source;
    this.call = call;
    this.caller = caller;
    if (call != null) {
      call.endWhenUnreachable(this);
    }
  }

  @Override
  public long getLength() {
    return source.getLength();
  }

  /** Copies first: whoever reads the chunk may release it on another thread. */
  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = source.read();
    if (call != null && chunk != null) {
      if (chunk.getFailure() == null) {
        call.responseBytes(chunk.getByteBuffer());
      }
      if (chunk.isLast()) {
        call.end(chunk.getFailure());
      }
    }
    return chunk;
  }

  @Override
  public void demand(Runnable more) {
    source.demand(caller == null ? more : new InContext(more, caller));
  }

  @Override
  public void fail(Throwable failure) {
    source.fail(failure);
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    source.fail(failure, last);
  }

  @Override
  public boolean rewind() {
    return source.rewind();
  }

  private record InContext(Runnable more, Context caller) implements Invocable.Task {

    @Override
    public void run() {
      Context.run(caller, more);
    }

    @Override
    public InvocationType getInvocationType() {
      return Invocable.getInvocationType(more);
    }
  }
}
