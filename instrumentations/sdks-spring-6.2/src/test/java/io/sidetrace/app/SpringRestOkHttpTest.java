package io.sidetrace.app;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.http.client.OkHttp3ClientHttpRequestFactory;

/** The factory that Spring 7 has no more. */
class SpringRestOkHttpTest extends SpringRestTest {

  @SuppressWarnings("removal")
  static Stream<Arguments> factories() {
    return Stream.of(Arguments.of("okhttp", new OkHttp3ClientHttpRequestFactory()));
  }
}
