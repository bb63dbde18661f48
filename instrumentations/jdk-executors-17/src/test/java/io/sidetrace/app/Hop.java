package io.sidetrace.app;

import io.sidetrace.agent.api.Context;
import java.util.concurrent.ExecutorService;

/** A way to hand work to a thread; gives the context found there. */
@FunctionalInterface
interface Hop {
  Context seen(ExecutorService pool) throws Exception;
}
