package io.sidetrace.app

import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngineFactory
import io.ktor.client.request.HttpRequestBuilder
import io.ktor.client.request.post
import io.ktor.client.request.preparePost
import io.ktor.client.request.setBody
import io.ktor.client.statement.bodyAsChannel
import io.ktor.client.statement.bodyAsText
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.utils.io.toByteArray
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking

/** How an application asks with Ktor's client: in coroutines. */
class KtorCalls(engine: HttpClientEngineFactory<*>) : AutoCloseable {
  private val client = HttpClient(engine)

  /** Status and text. */
  fun ask(uri: String, json: String): String = runBlocking { answer(uri, json) }

  /** One call after the other, on threads of a pool. */
  fun askTwice(uri: String, json: String): String =
    runBlocking(Dispatchers.IO) { answer(uri, json) + answer(uri, json) }

  /** Read as it comes. */
  fun stream(uri: String, json: String): String = runBlocking {
    client.preparePost(uri) { asking(json) }.execute {
      it.bodyAsChannel().toByteArray().decodeToString()
    }
  }

  private suspend fun answer(uri: String, json: String): String {
    val response = client.post(uri) { asking(json) }
    return response.status.value.toString() + response.bodyAsText()
  }

  private fun HttpRequestBuilder.asking(json: String) {
    contentType(ContentType.Application.Json)
    setBody(json)
  }

  override fun close() = client.close()
}
