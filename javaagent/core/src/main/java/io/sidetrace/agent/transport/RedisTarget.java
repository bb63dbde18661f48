package io.sidetrace.agent.transport;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Which Redis, and whom to trust there if the connection is TLS.
 *
 * @param url as for {@link RedisAddress#of}
 * @param ca PEM with certificates to trust instead of the JVM's own
 * @param certificate PEM with our own chain, for servers that ask for one, together with key
 * @param key PEM, PKCS 8 without a password
 */
record RedisTarget(String url, @Nullable File ca, @Nullable File certificate, @Nullable File key) {

  /** With the JVM's own trust, and nothing to show. */
  static RedisTarget of(String url) {
    return new RedisTarget(url, null, null, null);
  }

  /** Host, port and database, for messages: the password stays out of every one. */
  String name() {
    int from = Math.max(url.indexOf("://") + 3, url.lastIndexOf('@') + 1);
    int query = url.indexOf('?', from);
    return url.substring(from, query < 0 ? url.length() : query);
  }
}
