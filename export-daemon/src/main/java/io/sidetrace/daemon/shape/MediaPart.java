package io.sidetrace.daemon.shape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Media that was taken out of a text and is to be stored beside it.
 *
 * @param field {@code input} or {@code output}
 * @param contentType such as {@code image/png}
 * @param sha256 in base64
 * @param reference what stands in the text instead
 */
public record MediaPart(
    String field, String contentType, byte[] bytes, String sha256, String reference) {
  /** As Langfuse's server and SDKs cut it. */
  private static final int ID_LENGTH = 22;

  static MediaPart of(String field, String contentType, byte[] bytes) {
    String sha256 = Base64.getEncoder().encodeToString(digest().digest(bytes));
    return new MediaPart(field, contentType, bytes, sha256, reference(contentType, id(sha256)));
  }

  /** The id that Langfuse gives media of this hash. */
  public String id() {
    return id(sha256);
  }

  /** As Langfuse's pages look for it in texts. */
  private static String reference(String contentType, String id) {
    return "@@@langfuseMedia:type=" + contentType + "|id=" + id + "|source=base64_data_uri@@@";
  }

  private static String id(String sha256) {
    return sha256.replace('+', '-').replace('/', '_').substring(0, ID_LENGTH);
  }

  /** What stands in the text if the media is not stored. */
  public String placeholder(String why) {
    return placeholder(contentType, bytes.length, why);
  }

  static String placeholder(String contentType, long bytes, String why) {
    return "[" + contentType + ", " + bytes + " bytes" + (why.isEmpty() ? "" : ", " + why) + "]";
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without the bytes. */
  @Override
  public String toString() {
    return reference + " of " + bytes.length + " bytes";
  }

  static byte[] decode(String base64) {
    String plain = base64.replace("\\/", "/").replace("\\n", "").replace("\\r", "");
    boolean urlSafe = plain.indexOf('-') >= 0 || plain.indexOf('_') >= 0;
    byte[] ascii = plain.getBytes(StandardCharsets.ISO_8859_1);
    return (urlSafe ? Base64.getUrlDecoder() : Base64.getMimeDecoder()).decode(ascii);
  }
}
