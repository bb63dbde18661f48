package io.sidetrace.daemon.export.langfuse;

import com.langfuse.client.LangfuseClient;
import com.langfuse.client.core.LangfuseClientApiException;
import com.langfuse.client.core.LangfuseClientException;
import com.langfuse.client.resources.media.types.GetMediaUploadUrlRequest;
import com.langfuse.client.resources.media.types.GetMediaUploadUrlResponse;
import com.langfuse.client.resources.media.types.MediaContentType;
import com.langfuse.client.resources.media.types.PatchMediaBody;
import io.sidetrace.daemon.shape.MediaPart;
import io.sidetrace.daemon.shape.Observation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Langfuse's media store: an address is asked for, the bytes go there, and the store is told so.
 * Made when the first media comes: most daemons never see one. Thread-safe.
 */
final class MediaStore {
  private static final Map<String, MediaContentType> TYPES = types();

  private final LangfuseClient langfuse;
  private final HttpClient http;
  private final Duration timeout;

  /** Something did not work; whether it may later. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean lasting;
    private final int status;

    Failure(String reason, int status, boolean lasting, @Nullable Throwable cause) {
      super(reason, cause);
      this.status = status;
      this.lasting = lasting;
    }

    boolean isLasting() {
      return lasting;
    }

    boolean isOfKeys() {
      return status == 401 || status == 403;
    }
  }

  MediaStore(URI server, String publicKey, String secretKey, Duration timeout) {
    this.timeout = timeout;
    // The client's own timeout has no effect, and its retries are spent once for its whole life.
    OkHttpClient own =
        new OkHttpClient.Builder()
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .build();
    this.langfuse =
        LangfuseClient.builder()
            .url(server.toString())
            .credentials(publicKey, secretKey)
            .httpClient(own)
            .build();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  private static Map<String, MediaContentType> types() {
    Map<String, MediaContentType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (MediaContentType type : MediaContentType.values()) {
      types.put(type.toString(), type);
    }
    return types;
  }

  /**
   * Ties media to an observation, and asks where its bytes go.
   *
   * @return null if they are there already
   * @throws Failure if Langfuse does not answer as it should
   */
  @Nullable URI announce(MediaPart part, Observation.Identity of) throws Failure {
    MediaContentType type = TYPES.get(part.contentType());
    if (type == null) {
      throw new Failure("Langfuse stores no " + part.contentType(), 0, true, null);
    }
    GetMediaUploadUrlRequest request =
        GetMediaUploadUrlRequest.builder()
            .traceId(of.traceId())
            .contentType(type)
            .contentLength(part.bytes().length)
            .sha256Hash(part.sha256())
            .field(part.field())
            .observationId(of.spanId())
            .build();
    try {
      GetMediaUploadUrlResponse answer = langfuse.media().getUploadUrl(request);
      if (!answer.getMediaId().equals(part.id())) {
        throw new Failure("Langfuse names it " + answer.getMediaId(), 0, true, null);
      }
      return answer.getUploadUrl().map(URI::create).orElse(null);
    } catch (LangfuseClientException e) {
      throw failure("the media store of Langfuse", e);
    }
  }

  /**
   * Sends the bytes.
   *
   * @return how many milliseconds it took
   */
  int upload(MediaPart part, URI to) throws Failure, InterruptedException {
    long before = System.nanoTime();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(timeout)
            .header("Content-Type", part.contentType())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(part.bytes()));
    if (!String.valueOf(to.getHost()).endsWith("storage.googleapis.com")) {
      // The address is signed for these; Google's storage refuses what it does not know.
      request.header("x-ms-blob-type", "BlockBlob").header("x-amz-checksum-sha256", part.sha256());
    }
    try {
      int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        throw new Failure("the storage answers HTTP " + status, status, isLasting(status), null);
      }
      return (int) Duration.ofNanos(System.nanoTime() - before).toMillis();
    } catch (IOException e) {
      throw new Failure("the storage does not answer: " + e, 0, false, e);
    }
  }

  /** Tells Langfuse that the bytes are there: until then its pages show none. */
  void tell(MediaPart part, int millis) throws Failure {
    try {
      langfuse
          .media()
          .patch(
              part.id(),
              PatchMediaBody.builder()
                  .uploadedAt(OffsetDateTime.now(ZoneOffset.UTC))
                  .uploadHttpStatus(200)
                  .uploadTimeMs(millis)
                  .build());
    } catch (LangfuseClientException e) {
      throw failure("the media store of Langfuse", e);
    }
  }

  /** Whether Langfuse as such works. */
  boolean isHealthy() {
    try {
      langfuse.health().health();
      return true;
    } catch (LangfuseClientException e) {
      return false;
    }
  }

  private static Failure failure(String who, LangfuseClientException e) {
    if (e instanceof LangfuseClientApiException api) {
      int status = api.statusCode();
      return new Failure(who + " answers HTTP " + status, status, isLasting(status), e);
    }
    return new Failure(who + " does not answer: " + e.getMessage(), 0, false, e);
  }

  private static boolean isLasting(int status) {
    return status >= 400
        && status < 500
        && status != 401
        && status != 403
        && status != 408
        && status != 429;
  }
}
