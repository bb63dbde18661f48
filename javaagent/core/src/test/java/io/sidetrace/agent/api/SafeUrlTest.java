package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/p?key=s3cret,                       https://h/p?key=***",
    "https://h/p?a=1&API-Key=s3cret&b=2,           https://h/p?a=1&API-Key=***&b=2",
    "https://h/p?api_key=s3cret#frag,              https://h/p?api_key=***",
    "https://h/p?X-Amz-Signature=s3cret&x=,        https://h/p?X-Amz-Signature=***&x=",
    "https://h/p?access_token=s3=cret,             https://h/p?access_token=***",
    "https://h/p?key=,                             https://h/p?key=***",
    "https://h/p?api%5Fkey=s3cret,                 https://h/p?api%5Fkey=***",
    "https://h/p?%6Bey=s3cret,                     https://h/p?%6Bey=***",
    "https://h/p?a=1;key=s3cret;b=2,               https://h/p?a=1;key=***;b=2",
    "https://user:s3cret@h:8080/p?a=1,             https://h:8080/p?a=1",
    "https://user:s3c@ret@h/p,                     https://h/p",
    "https://s3cret@h,                             https://h",
    "https://h/p#access_token=s3cret,              https://h/p",
    "/p?token=s3cret,                              /p?token=***"
  })
  void secrets_areCut(String url, String safe) {
    assertThat(SafeUrl.of(url)).isEqualTo(safe).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/a@b/c",
        "https://h/p?alt=sse&monkey=1&keys",
        "https://h/p?mail=a@b.c",
        "https://h/p?",
        "https://h",
        "/v1/key",
        ""
      })
  void allElse_staysAsItIs(String url) {
    assertThat(SafeUrl.of(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(ints = {4000, 4090, 4096, 5000})
  void aLongUrl_isCutAndStillSafe(int padding) {
    String safe = SafeUrl.of("https://h/p?a=" + "x".repeat(padding) + "&key=s3cret");

    assertThat(safe).hasSizeLessThanOrEqualTo(4096).doesNotContain("s3cret");
  }
}
