package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an observation's metadata; what is unknown leaves no key. */
final class Facts {
  private static final SizeKeys REQUEST = SizeKeys.of("http.request");
  private static final SizeKeys RESPONSE = SizeKeys.of("http.response");

  private final Map<String, String> facts = new LinkedHashMap<>();

  /** Joined once, not for every event. */
  private record SizeKeys(String bytes, String truncated, String closedEarly) {
    static SizeKeys of(String prefix) {
      return new SizeKeys(prefix + ".bytes", prefix + ".truncated", prefix + ".closed_early");
    }
  }

  Facts(Event event) {
    facts.putAll(event.metadata());
    Event.Http http = event.http();
    if (http != null) {
      put("http.method", http.method());
      put("http.url", http.url());
      put("http.route", http.route());
      put("http.status", http.status() == 0 ? null : Integer.toString(http.status()));
      put("http.client", http.client());
    }
    size(REQUEST, event.requestSize());
    size(RESPONSE, event.responseSize());
    Event.Failure error = event.error();
    if (error != null) {
      put("error.type", error.type());
      put("error.stack", error.stack());
    }
  }

  private void size(SizeKeys keys, Event.@Nullable BodySize size) {
    if (size != null) {
      put(keys.bytes(), Long.toString(size.size()));
      put(keys.truncated(), size.truncated() ? "true" : null);
      put(keys.closedEarly(), size.closedEarly() ? "true" : null);
    }
  }

  void put(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.put(key, value);
    }
  }

  Map<String, String> toMap() {
    return facts;
  }
}
