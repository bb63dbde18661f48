package io.sidetrace.app;

import io.ktor.client.engine.apache5.Apache5;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The engine that the lowest Ktor has only over Apache HttpAsyncClient 4, which is not captured.
 */
class KtorClientApacheTest extends KtorClientTest {

  static Stream<Arguments> engines() {
    return Stream.of(Arguments.of("apache-httpclient-5", Apache5.INSTANCE));
  }
}
