package io.sidetrace.demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The model behind the service, through the OpenAI client. */
@Component
class LanguageModel {
  private final OpenAIClient client;
  private final String defaultModel;

  LanguageModel(
      @Value("${openai.base-url}") String baseUrl,
      @Value("${openai.api-key}") String apiKey,
      @Value("${openai.model}") String defaultModel) {
    this.client =
        OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).maxRetries(0).build();
    this.defaultModel = defaultModel;
  }

  ChatAnswer complete(ChatRequest request) {
    ChatCompletion completion = client.chat().completions().create(params(request).build());
    Optional<CompletionUsage> usage = completion.usage();
    return new ChatAnswer(
        completion.model(),
        completion.choices().get(0).message().content().orElse(""),
        usage.map(CompletionUsage::promptTokens).orElse(0L),
        usage.map(CompletionUsage::completionTokens).orElse(0L));
  }

  /** Gives each piece of the answer as it arrives. */
  void stream(ChatRequest request, Consumer<String> pieces) {
    ChatCompletionCreateParams params =
        params(request)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .filter(piece -> !piece.isEmpty())
          .forEach(pieces);
    }
  }

  private ChatCompletionCreateParams.Builder params(ChatRequest request) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(request.model() == null ? defaultModel : request.model())
            .temperature(0.2);
    for (ChatRequest.Message message : request.messages()) {
      switch (message.role()) {
        case "system" -> params.addSystemMessage(message.content());
        case "assistant" -> params.addAssistantMessage(message.content());
        default -> params.addUserMessage(message.content());
      }
    }
    return params;
  }
}
