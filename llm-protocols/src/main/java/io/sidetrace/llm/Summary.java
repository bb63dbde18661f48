package io.sidetrace.llm;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.wire.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the generation of a draft and of what the exchange itself tells. */
record Summary(
    Exchange exchange,
    Body request,
    Body response,
    Framing framing,
    Draft draft,
    boolean damaged,
    @Nullable Long firstTokenMicros) {

  Generation generation() {
    facts();
    List<String> texts = new ArrayList<>(draft.choiceCount());
    List<ToolCall> calls = new ArrayList<>();
    List<String> finishReasons = new ArrayList<>(draft.choiceCount());
    for (Choice choice : draft.choices()) {
      texts.add(choice.text.toString());
      for (Call call : choice.calls) {
        calls.add(new ToolCall(call.id, call.name, call.arguments.toString()));
      }
      if (choice.finish != null) {
        finishReasons.add(choice.finish);
      }
    }
    String input = draft.input != null ? draft.input : raw(request, exchange.requestType());
    String output = draft.output;
    if (output == null && draft.error == null) {
      output = raw(response, exchange.responseType());
    }
    List<Media> media = MediaFinder.find(input, output);
    boolean streaming = framing.streams() || (framing == Framing.ARRAY && draft.wantsStream);
    return new Generation(
        draft.protocol,
        draft.type,
        draft.operation,
        draft.requestModel,
        draft.model,
        streaming || (response.length() == 0 && draft.wantsStream),
        complete(streaming),
        input,
        output,
        List.copyOf(texts),
        List.copyOf(calls),
        List.copyOf(finishReasons),
        draft.usage(),
        draft.providerUsage,
        draft.cost,
        draft.parameters().isEmpty() ? null : JsonText.object(draft.parameters()),
        draft.error,
        media,
        firstTokenMicros,
        draft.responseId,
        draft.metadata());
  }

  private boolean complete(boolean streaming) {
    // A client stops reading where the stream says that it ends, often before the connection does.
    return (exchange.finished() || (streaming && draft.ended))
        && exchange.status() != 0
        && !exchange.responseTruncated()
        && !response.cut
        && !damaged
        && (!streaming || (draft.ended && draft.error == null));
  }

  private void facts() {
    if (exchange.requestTruncated() || request.cut) {
      draft.metadata("requestTruncated", "true");
    }
    if (exchange.responseTruncated() || response.cut) {
      draft.metadata("responseTruncated", "true");
    }
    for (Map.Entry<String, String> header : exchange.responseHeaders().entrySet()) {
      String name = header.getKey();
      if (name.contains("ratelimit") || name.contains("request-id") || name.equals("retry-after")) {
        draft.metadata(name, header.getValue());
      }
    }
  }

  /** A body nobody understood: as it is when it is text, else only what it was. */
  private static @Nullable String raw(Body body, @Nullable String type) {
    if (body.length() == 0) {
      return null;
    }
    String kind = type == null ? "" : type.toLowerCase(Locale.ROOT);
    boolean text =
        body.opaque == null
            && (kind.isEmpty()
                ? isText(body)
                : kind.contains("json") || kind.startsWith("text/") || kind.contains("xml"));
    return text
        ? body.text()
        : "<" + body.length() + " bytes of " + (kind.isEmpty() ? "unknown type" : kind) + ">";
  }

  private static boolean isText(Body body) {
    int last = Math.min(body.end, body.start + 512);
    for (int i = body.start; i < last; i++) {
      int b = body.bytes[i];
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
