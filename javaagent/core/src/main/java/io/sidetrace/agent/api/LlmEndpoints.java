package io.sidetrace.agent.api;

import java.util.List;

/**
 * Tells LLM calls from others by method, URL and content type, without parsing or allocating.
 *
 * <p>Some paths are an LLM's alone ({@code /chat/completions}); others any service may have ({@code
 * /responses}, {@code /api/chat}), and then the request must also name a model, see {@link #match}.
 */
final class LlmEndpoints {

  /** What a URL says of a call. */
  enum Match {
    NONE,
    /** an LLM call if its request body holds the bytes {@code "model"} */
    IF_MODEL,
    CERTAIN
  }

  static final String METHOD = "POST";

  private static final PathPatterns CERTAIN_ENDS =
      new PathPatterns(
          List.of(
              "*/chat/completions",
              "*:generateContent",
              "*:streamGenerateContent",
              "*:embedContent",
              "*:batchEmbedContents"));

  private static final PathPatterns MODEL_ENDS =
      new PathPatterns(
          List.of(
              "*/completions",
              "*/responses",
              "*/embeddings",
              "*/v1/messages",
              "*/api/chat",
              "*/api/generate",
              "*/api/embed",
              "*/api/embeddings",
              "*/v1/chat",
              "*/v2/chat",
              "*/v1/embed",
              "*/v2/embed",
              "*/v1/rerank",
              "*/v2/rerank",
              "*/text-generation/generation", // DashScope
              "*/multimodal-generation/generation",
              "*/text-embedding/text-embedding"));

  /** Bedrock: {@code /model/<id>/<operation>}. */
  private static final PathPatterns BEDROCK_ENDS =
      new PathPatterns(
          List.of("*/converse", "*/converse-stream", "*/invoke", "*/invoke-with-response-stream"));

  /** Azure: the path names a deployment, and the body no model. */
  private static final String AZURE = "/openai/deployments/";

  private final PathPatterns patterns;

  /**
   * @param patterns of the user, over host and path, such as {@code llm.corp/v3/ask*}
   */
  LlmEndpoints(List<String> patterns) {
    this.patterns = new PathPatterns(patterns);
  }

  /**
   * @param url absolute, or beginning with the path
   */
  Match match(String method, String url) {
    if (!method.equals(METHOD)) {
      return Match.NONE;
    }
    int end = pathEnd(url);
    int scheme = url.indexOf("://");
    int host = scheme < 0 || scheme > end ? 0 : scheme + 3;
    if (patterns.match(url, host, end)) {
      return Match.CERTAIN;
    }
    if (end > host + 1 && url.charAt(end - 1) == '/') {
      end--;
    }
    if (CERTAIN_ENDS.match(url, host, end)) {
      return Match.CERTAIN;
    }
    if (BEDROCK_ENDS.match(url, host, end)) {
      int operation = url.lastIndexOf('/', end - 1);
      int model = url.lastIndexOf('/', operation - 1);
      return model >= 6 && url.startsWith("/model", model - 6) ? Match.CERTAIN : Match.NONE;
    }
    if (!MODEL_ENDS.match(url, host, end)) {
      return Match.NONE;
    }
    int azure = url.indexOf(AZURE, host);
    return azure >= 0 && azure < end ? Match.CERTAIN : Match.IF_MODEL;
  }

  private static int pathEnd(String url) {
    int query = url.indexOf('?');
    int end = query < 0 ? url.length() : query;
    int fragment = url.indexOf('#');
    return fragment < 0 ? end : Math.min(end, fragment);
  }
}
