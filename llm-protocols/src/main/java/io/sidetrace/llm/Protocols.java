package io.sidetrace.llm;

import io.sidetrace.llm.anthropic.Messages;
import io.sidetrace.llm.bedrock.Converse;
import io.sidetrace.llm.bedrock.InvokeModel;
import io.sidetrace.llm.cohere.Cohere;
import io.sidetrace.llm.gemini.GeminiEmbeddings;
import io.sidetrace.llm.gemini.GenerateContent;
import io.sidetrace.llm.ollama.Ollama;
import io.sidetrace.llm.openai.ChatCompletions;
import io.sidetrace.llm.openai.Completions;
import io.sidetrace.llm.openai.Embeddings;
import io.sidetrace.llm.openai.Responses;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;
import java.util.List;

/** All protocols there are decoders for. */
public final class Protocols {
  /** The first that serves a target reads it. */
  private static final List<Protocol> ALL =
      List.of(
          new ChatCompletions(),
          new Completions(),
          new Responses(),
          new Embeddings(),
          new Messages(),
          new GenerateContent(),
          new GeminiEmbeddings(),
          new Converse(),
          new InvokeModel(),
          new Ollama(),
          new Cohere());

  private Protocols() {}

  /**
   * Reads what an exchange meant. Never throws: what no decoder knows, or what is broken, becomes
   * an observation with the bodies as they are.
   */
  public static Generation decode(Exchange exchange) {
    return decode(exchange, DecodeOptions.DEFAULT);
  }

  /** Like {@link #decode(Exchange)}, with options. */
  public static Generation decode(Exchange exchange, DecodeOptions options) {
    try {
      return new Decoding(exchange, options).run();
    } catch (RuntimeException | StackOverflowError unforeseen) {
      return Unknown.generation(exchange, unforeseen);
    }
  }

  static Protocol serving(Target target) {
    for (Protocol protocol : ALL) {
      if (protocol.serves(target)) {
        return protocol;
      }
    }
    return Unknown.PROTOCOL;
  }

  static Protocol resembling(Shape shape) {
    for (Protocol protocol : ALL) {
      if (protocol.resembles(shape)) {
        return protocol;
      }
    }
    return Unknown.PROTOCOL;
  }
}
