package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/event.schema.json} and {@link EventReader} agree on what an event is. */
class SchemaTest {

  private final JsonSchema schema;

  SchemaTest() throws Exception {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/event.schema.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal.json", "request.json", "exchange.json", "full.json"})
  void whatWeWriteIsValid(String file) throws Exception {
    assertThat(schema.validate(GoldenTest.golden(file), InputFormat.JSON)).isEmpty();
  }

  @Test
  void everyKeyWeWriteIsDescribed() throws Exception {
    String schema = Files.readString(Path.of("../docs/event.schema.json"));
    String full = GoldenTest.golden("full.json");

    for (String key : full.split("[{,]", -1)) {
      if (key.matches("\"[a-zA-Z]+\":.*")
          && !key.matches("\"(future|x|a|temperature|requestId)\":.*")) {
        assertThat(schema).contains(key.substring(0, key.indexOf(':')) + ": {");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'v':1|'v':2",
        "'v':1|'v':'1'",
        "'v':1,|",
        "'kind':'span'|'kind':'spam'",
        "'kind':'span',|",
        "'traceId':'0af|'traceId':'0AF",
        "'traceId':'0af7651916cd43dd8448eb211c80319c'|'traceId':'00000000000000000000000000000000'",
        "'spanId':'b7ad6b7169203331'|'spanId':'b7ad6b716920333'",
        "'spanId':'b7ad6b7169203331'|'spanId':'b7ad6b7169203331','parentSpanId':'x'",
        "'name':'work'|'name':7",
        "'name':'work',|",
        "'startMicros':1700000000000000|'startMicros':0",
        "'startMicros':1700000000000000|'startMicros':1.5",
        "'durationNanos':5|'durationNanos':-1",
        "'durationNanos':5,|",
        "'service':'shop',|",
        "'durationNanos':5|'durationNanos':5,'remoteParent':'yes'",
        "'durationNanos':5|'durationNanos':5,'level':'FATAL'",
        "'durationNanos':5|'durationNanos':5,'http':[]",
        "'durationNanos':5|'durationNanos':5,'chunks':[[1]]",
        "'durationNanos':5|'durationNanos':5,'chunks':[1,2]",
        "'durationNanos':5|'durationNanos':5,'requestBytes':5",
        "'durationNanos':5|'durationNanos':5,'requestBytes':{}",
        "'durationNanos':5|'durationNanos':5,'tags':[1]",
        "'durationNanos':5|'durationNanos':5,'metadata':'x'",
        "'durationNanos':5|'durationNanos':5,'prompt':{'name':'p'}",
        "'durationNanos':5|'durationNanos':5,'usage':{'input':'many'}",
      })
  void whatIsWrongIsInvalidForBoth(String change) throws Exception {
    String[] parts = change.replace('\'', '"').split("\\|", -1);
    String valid = GoldenTest.golden("minimal.json");
    String wrong = valid.replace(parts[0], parts[1]);

    assertThat(wrong).isNotEqualTo(valid);
    assertThat(schema.validate(wrong, InputFormat.JSON)).isNotEmpty();
    assertThatThrownBy(() -> new EventReader().read(Slice.ofUtf8(wrong)))
        .isInstanceOf(EventFormatException.class);
  }
}
