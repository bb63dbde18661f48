package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagHeadersTest {
  @Test
  void headersBecomeTags_thoseThatAreThere() {
    Map<String, String> headers = Map.of("X-Tenant", "acme", "X-Empty", "");

    assertThat(RequestHead.tags(headers::get, List.of("X-Tenant", "X-Empty", "X-Absent")))
        .containsExactly("X-Tenant=acme");
    assertThat(RequestHead.tags(headers::get, List.of())).isEmpty();
  }

  @Test
  void longValuesAreCut() {
    Map<String, String> headers = Map.of("X-Tenant", "a".repeat(5000));

    assertThat(RequestHead.tags(headers::get, List.of("X-Tenant")).get(0)).hasSizeLessThan(250);
  }
}
