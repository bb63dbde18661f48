package io.sidetrace.llm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call to an LLM provider, as bytes.
 *
 * <p>The arrays are not copied and must not change while a decoder reads them.
 *
 * @param method HTTP method
 * @param url the whole URL; keys in it should already be cut
 * @param status HTTP status, 0 when no response came
 * @param requestType content type of the request
 * @param responseType content type of the response
 * @param requestEncoding content encoding of the request bytes, null when they are plain
 * @param responseEncoding content encoding of the response bytes, null when they are plain
 * @param request request body as it stood on the wire, after transfer coding
 * @param response response body as it stood on the wire, after transfer coding
 * @param requestTruncated the capture bound cut the request
 * @param responseTruncated the capture bound cut the response
 * @param finished the response was read to its end; false when it was cancelled, cut or failed
 * @param chunks when the response's bytes arrived
 * @param responseHeaders headers that were allowed to be captured, names in lower case
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Bodies are megabytes: identity is right, copies are not.
public record Exchange(
    String method,
    String url,
    int status,
    @Nullable String requestType,
    @Nullable String responseType,
    @Nullable String requestEncoding,
    @Nullable String responseEncoding,
    byte[] request,
    byte[] response,
    boolean requestTruncated,
    boolean responseTruncated,
    boolean finished,
    Chunks chunks,
    Map<String, String> responseHeaders) {

  private static final byte[] NOTHING = new byte[0];

  /** Starts an exchange that is a finished, plain {@code POST} answered with 200. */
  public static Builder to(String url) {
    return new Builder(url);
  }

  /** Collects the parts of an {@link Exchange}; not for several threads. */
  public static final class Builder {
    private final String url;
    private String method = "POST";
    private int status = 200;
    private @Nullable String requestType;
    private @Nullable String responseType;
    private @Nullable String requestEncoding;
    private @Nullable String responseEncoding;
    private byte[] request = NOTHING;
    private byte[] response = NOTHING;
    private boolean requestTruncated;
    private boolean responseTruncated;
    private boolean finished = true;
    private Chunks chunks = Chunks.NONE;
    private Map<String, String> responseHeaders = Map.of();

    private Builder(String url) {
      this.url = url;
    }

    public Builder method(String value) {
      method = value;
      return this;
    }

    public Builder status(int value) {
      status = value;
      return this;
    }

    /** Sets the request: {@code type} and {@code encoding} are the headers' values. */
    public Builder request(byte[] body, @Nullable String type, @Nullable String encoding) {
      request = body;
      requestType = type;
      requestEncoding = encoding;
      return this;
    }

    /** Sets the response: {@code type} and {@code encoding} are the headers' values. */
    public Builder response(byte[] body, @Nullable String type, @Nullable String encoding) {
      response = body;
      responseType = type;
      responseEncoding = encoding;
      return this;
    }

    public Builder truncated(boolean requestCut, boolean responseCut) {
      requestTruncated = requestCut;
      responseTruncated = responseCut;
      return this;
    }

    public Builder finished(boolean value) {
      finished = value;
      return this;
    }

    public Builder chunks(Chunks value) {
      chunks = value;
      return this;
    }

    public Builder responseHeaders(Map<String, String> value) {
      responseHeaders = Map.copyOf(value);
      return this;
    }

    public Exchange build() {
      return new Exchange(
          method,
          url,
          status,
          requestType,
          responseType,
          requestEncoding,
          responseEncoding,
          request,
          response,
          requestTruncated,
          responseTruncated,
          finished,
          chunks,
          responseHeaders);
    }
  }
}
