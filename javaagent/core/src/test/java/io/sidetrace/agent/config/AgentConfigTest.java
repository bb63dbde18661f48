package io.sidetrace.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.agent.api.CaptureSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigTest {

  @TempDir Path directory;

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void withoutAnySettingTheDefaultsHold() throws Exception {
    environment.put("XDG_STATE_HOME", "/state");

    AgentConfig config = read("");

    assertThat(config.enabled()).isTrue();
    assertThat(config.content()).isTrue();
    assertThat(config.spool()).isEqualTo(new File("/state/sidetrace/spool"));
    assertThat(config.spoolMaxBytes()).isEqualTo(512L << 20);
    assertThat(config.serverBodyBytes()).isEqualTo(CaptureSettings.SERVER_BODY_BYTES);
    assertThat(config.clientBodyBytes()).isEqualTo(CaptureSettings.CLIENT_BODY_BYTES);
    assertThat(config.ignorePaths()).isEqualTo(CaptureSettings.IGNORED_PATHS);
    assertThat(config.userHeader()).isEqualTo(CaptureSettings.USER_HEADER);
    assertThat(config.sessionHeader()).isEqualTo(CaptureSettings.SESSION_HEADER);
    assertThat(config.tagHeaders()).isEmpty();
    assertThat(config.redisUrl()).isNull();
    assertThat(config.environment()).isNull();
    assertThat(warnings).isEmpty();
  }

  @Test
  void theArgumentWinsOverPropertiesOverTheEnvironmentOverTheFile() throws Exception {
    Path file = directory.resolve("sidetrace.properties");
    Files.writeString(file, "service=file\nrelease=file\nenvironment=file\nuser.header=X-File\n");
    environment.put("SIDETRACE_CONFIG", file.toString());
    environment.put("SIDETRACE_SERVICE", "env");
    environment.put("SIDETRACE_RELEASE", "env");
    environment.put("SIDETRACE_ENVIRONMENT", "env");
    properties.put("sidetrace.service", "property");
    properties.put("sidetrace.release", "property");

    AgentConfig config = read("service=argument");

    assertThat(config.service()).isEqualTo("argument");
    assertThat(config.release()).isEqualTo("property");
    assertThat(config.environment()).isEqualTo("env");
    assertThat(config.userHeader()).isEqualTo("X-File");
  }

  @Test
  void theArgumentHoldsListsAndUrls() throws Exception {
    AgentConfig config =
        read("ignore.paths=/a,/b/*,redis.url=redis://u:p@h:1/2?timeout=1s,spool.max-bytes=1GiB");

    assertThat(config.ignorePaths()).containsExactly("/a", "/b/*");
    assertThat(config.redisUrl()).isEqualTo("redis://u:p@h:1/2?timeout=1s");
    assertThat(config.spoolMaxBytes()).isEqualTo(1L << 30);
    assertThat(warnings).isEmpty();
  }

  @Test
  void theFilesForTlsWithRedisAreNamedAsTheDaemonsAre() throws Exception {
    environment.put("SIDETRACE_REDIS_CA", "/etc/redis/ca.pem");
    environment.put("SIDETRACE_REDIS_CERT", "/etc/redis/own.pem");
    environment.put("SIDETRACE_REDIS_KEY", "/etc/redis/own.key");

    AgentConfig config = read("");

    assertThat(config.redisCa()).isEqualTo(new File("/etc/redis/ca.pem"));
    assertThat(config.redisCert()).isEqualTo(new File("/etc/redis/own.pem"));
    assertThat(config.redisKey()).isEqualTo(new File("/etc/redis/own.key"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aSingleWordInTheArgumentNamesTheFile() throws Exception {
    Path file = directory.resolve("x.properties");
    Files.writeString(file, "sidetrace.service=shop\nqueue.max-events = 100\n");

    AgentConfig config = read(file.toString());

    assertThat(config.service()).isEqualTo("shop");
    assertThat(config.queueMaxEvents()).isEqualTo(100);
  }

  @Test
  void langfusesOwnVariablesWorkUnlessOursAreSet() throws Exception {
    environment.put("LANGFUSE_TRACING_ENVIRONMENT", "staging");
    environment.put("LANGFUSE_RELEASE", "1.2");
    environment.put("LANGFUSE_TRACING_ENABLED", "false");
    environment.put("SIDETRACE_RELEASE", "1.3");

    AgentConfig config = read("");

    assertThat(config.environment()).isEqualTo("staging");
    assertThat(config.release()).isEqualTo("1.3");
    assertThat(config.enabled()).isFalse();
  }

  @Test
  void instrumentationsAreSwitchedOffByName() throws Exception {
    properties.put("sidetrace.instrumentation.okhttp.enabled", "false");
    properties.put("sidetrace.instrumentation.tomcat.enabled", "true");
    environment.put("SIDETRACE_INSTRUMENTATION_SPRING_MVC_ENABLED", "false");

    AgentConfig config = read("");

    assertThat(config.disabledInstrumentations()).containsExactlyInAnyOrder("okhttp", "spring-mvc");
  }

  @Test
  void anUnknownKeyIsToldOfWithTheNearestKnownOne() throws Exception {
    properties.put("sidetrace.spool.max-byte", "1");
    environment.put("SIDETRACE_REDIS_ULR", "redis://h");
    environment.put("SIDETRACE_DAEMON_ONLY", "x");

    read("servce=shop");

    assertThat(warnings)
        .containsExactlyInAnyOrder(
            "nothing is called servce (servce in the agent's argument); did you mean service?",
            "nothing is called spool.max-byte (-Dsidetrace.spool.max-byte); did you mean"
                + " spool.max-bytes?",
            "nothing is called SIDETRACE_REDIS_ULR; did you mean SIDETRACE_REDIS_URL?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sidetrace.spool.max-bytes|many|-Dsidetrace.spool.max-bytes is \"many\"; expected a size"
            + " such as 64KiB or 512MiB, 1048576 to 9223372036854775807 bytes",
        "sidetrace.queue.max-events|-1|-Dsidetrace.queue.max-events is \"-1\"; expected a whole"
            + " number from 16 to 1048576",
        "sidetrace.content|maybe|-Dsidetrace.content is \"maybe\"; expected true or false",
        "sidetrace.redis.url|localhost:6379|-Dsidetrace.redis.url does not begin with redis://,"
            + " rediss://, redis-sentinel://, rediss-sentinel://, redis-cluster:// or"
            + " rediss-cluster://",
        "sidetrace.redis.cert|own.pem|-Dsidetrace.redis.cert needs redis.key beside it",
        "sidetrace.redis.key|own.key|-Dsidetrace.redis.key needs redis.cert beside it",
        "sidetrace.instrumentation.x.enabled|2|-Dsidetrace.instrumentation.x.enabled is \"2\";"
            + " expected true or false",
      })
  void aBadValueIsNamedWithWhereItStands(String property, String value, String message) {
    properties.put(property, value);

    assertThatThrownBy(() -> read("")).isInstanceOf(ConfigException.class).hasMessage(message);
  }

  @Test
  void aFileThatCanNotBeReadIsNamed() {
    assertThatThrownBy(() -> read("config=/no/such.properties"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "can't read the configuration named by config in the agent's argument: /no/such.");
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/shop-1.2.3-SNAPSHOT.jar --port=1,shop",
    "shop-api.jar,shop-api",
    "com.example.ShopApplication a b,ShopApplication",
    "shop/com.example.Shop,Shop",
  })
  void theServiceIsNamedAfterWhatWasStarted(String command, String service) throws Exception {
    properties.put("sun.java.command", command);

    assertThat(read("").service()).isEqualTo(service);
  }

  @Test
  void theSpringApplicationsNameIsBetter() throws Exception {
    properties.put("sun.java.command", "x.jar");
    environment.put("SPRING_APPLICATION_NAME", "orders");

    assertThat(read("").service()).isEqualTo("orders");
  }

  @Test
  void everyOptionIsInTheDocumentsTableWithItsDefault() throws Exception {
    StringBuilder table = new StringBuilder();
    for (Option option : Option.values()) {
      String value = option.byDefault.isEmpty() ? "" : "`" + option.byDefault + "`";
      table.append("| `").append(option.key).append("` | ").append(value).append(" | ");
      table.append(option.unit).append(" | ").append(option.help).append(" |\n");
    }

    assertThat(Path.of("../../docs/configuration.md")).content().contains(table);
  }

  private AgentConfig read(String argument) throws ConfigException {
    return AgentConfig.read(argument, properties, environment, warnings);
  }
}
