package io.sidetrace.app

import java.util.concurrent.Callable
import java.util.concurrent.ExecutorService
import kotlin.coroutines.resume
import kotlinx.coroutines.*
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.future.future

/** The ways a coroutine changes threads. */
object Coroutines {
  private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

  @JvmStatic fun default_(work: Callable<Any?>) = wait(scope.async { work.call() })

  @JvmStatic fun io(work: Callable<Any?>) = runBlocking { withContext(Dispatchers.IO) { work.call() } }

  @JvmStatic fun unconfined(work: Callable<Any?>) = wait(scope.async(Dispatchers.Unconfined) { work.call() })

  @JvmStatic
  fun executor(pool: ExecutorService, work: Callable<Any?>) =
    runBlocking(pool.asCoroutineDispatcher()) { work.call() }

  @JvmStatic
  fun delayed(work: Callable<Any?>) =
    wait(
      scope.async {
        delay(1)
        work.call()
      }
    )

  @JvmStatic
  fun yielding(work: Callable<Any?>) =
    wait(
      scope.async {
        yield()
        withContext(Dispatchers.IO) { yield() }
        work.call()
      }
    )

  @JvmStatic
  fun nested(work: Callable<Any?>) =
    wait(scope.async { coroutineScope { async { async(Dispatchers.IO) { work.call() }.await() }.await() } })

  /** Resumed, as a client's callback would, by a thread that belongs to nobody. */
  @JvmStatic
  fun resumedElsewhere(work: Callable<Any?>) =
    wait(
      scope.async(Dispatchers.Unconfined) {
        suspendCancellableCoroutine<Unit> { continuation -> Thread { continuation.resume(Unit) }.start() }
        work.call()
      }
    )

  @JvmStatic
  fun channel(work: Callable<Any?>): Any? = runBlocking {
    val channel = Channel<Int>()
    scope.launch { channel.send(1) }
    channel.receive()
    work.call()
  }

  @JvmStatic
  fun flows(work: Callable<Any?>) = runBlocking { flow { emit(work.call()) }.flowOn(Dispatchers.Default).map { it }.first() }

  @JvmStatic
  @OptIn(ExperimentalCoroutinesApi::class)
  fun limited(work: Callable<Any?>): Any? {
    val one = Dispatchers.IO.limitedParallelism(1)
    return wait(scope.async(one) { work.call() })
  }

  @JvmStatic fun future(work: Callable<Any?>): Any? = scope.future { work.call() }.get()

  @JvmStatic
  fun timeout(work: Callable<Any?>): Any? = runBlocking {
    try {
      withTimeout(1) { awaitCancellation() }
    } catch (expected: TimeoutCancellationException) {
      work.call()
    }
  }

  private fun wait(deferred: Deferred<Any?>): Any? = deferred.asCompletableFuture().get()

  @OptIn(ExperimentalCoroutinesApi::class)
  private fun <T> Deferred<T>.asCompletableFuture(): java.util.concurrent.CompletableFuture<T> {
    val future = java.util.concurrent.CompletableFuture<T>()
    invokeOnCompletion { thrown -> if (thrown == null) future.complete(getCompleted()) else future.completeExceptionally(thrown) }
    return future
  }
}
