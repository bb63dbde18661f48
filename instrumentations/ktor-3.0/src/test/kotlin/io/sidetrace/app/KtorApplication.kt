package io.sidetrace.app

import io.ktor.server.application.Application
import io.ktor.server.engine.ApplicationEngine
import io.ktor.server.engine.ApplicationEngineFactory
import io.ktor.server.engine.embeddedServer
import io.ktor.server.response.respondText
import io.ktor.server.response.respondTextWriter
import io.ktor.server.routing.get
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import io.sidetrace.instrumentation.testing.ContractServer
import io.sidetrace.instrumentation.testing.FrameworkContract.ask
import io.sidetrace.instrumentation.testing.FrameworkContract.where
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

object KtorApplication {

  @JvmStatic
  fun <E : ApplicationEngine, C : ApplicationEngine.Configuration> start(
    engine: ApplicationEngineFactory<E, C>
  ): ContractServer {
    val server = embeddedServer(engine, port = 0, host = "127.0.0.1") { routes() }
    server.start(wait = false)
    val port = runBlocking { server.engine.resolvedConnectors().first().port }
    return ContractServer(port) { server.stop(0, 1000) }
  }

  private fun Application.routes() {
    routing {
      get("/chats/{id}") { call.respondText(ask()) }
      route("/later") {
        get("/{id}") {
          delay(1)
          val answer = withContext(Dispatchers.IO) { ask() }
          delay(1)
          call.respondText(answer)
        }
      }
      get("/stream/{id}") {
        call.respondTextWriter {
          write("one ")
          flush()
          delay(1)
          write(ask())
          flush()
          write(" three")
        }
      }
      get("/fail/{id}") { throw IllegalStateException("boom") }
      get("/health") { call.respondText(where()) }
    }
  }
}
