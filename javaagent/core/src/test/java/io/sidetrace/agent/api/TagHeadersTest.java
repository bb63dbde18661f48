package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagHeadersTest {
  @Test
  void headersBecomeTags_thoseThatAreThere() {
    Map<String, String> headers = Map.of("X-Tenant", "acme", "X-Empty", "");

    assertThat(tags(headers, "X-Tenant", "X-Empty", "X-Absent")).containsExactly("X-Tenant=acme");
    assertThat(tags(headers)).isEmpty();
  }

  @Test
  void longValuesAreCut() {
    Map<String, String> headers = Map.of("X-Tenant", "a".repeat(5000));

    assertThat(tags(headers, "X-Tenant").get(0)).hasSizeLessThan(250);
  }

  private static List<String> tags(Map<String, String> headers, String... tagHeaders) {
    CaptureSettings defaults = CaptureSettings.defaults(new Origin("shop", "shop-1", null, null));
    String[] names =
        RequestHead.names(
            new CaptureSettings(
                defaults.origin(),
                defaults.serverBodyBytes(),
                defaults.clientBodyBytes(),
                defaults.userHeader(),
                defaults.sessionHeader(),
                List.of(tagHeaders),
                defaults.ignoredPaths(),
                defaults.llmPatterns(),
                defaults.propagate()));
    return RequestHead.read("GET", "/", headers::get, names).tags(names);
  }
}
