package io.sidetrace.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * One kind of request, sent over and over.
 *
 * @param name in tables
 * @param request the whole HTTP request
 */
public record Workload(String name, byte[] request) {

  public static Workload post(String name, String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "X-User-Id: user-7\r\nX-Session-Id: session-7\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return new Workload(name, (head + json).getBytes(StandardCharsets.UTF_8));
  }
}
