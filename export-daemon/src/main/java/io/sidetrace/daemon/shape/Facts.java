package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an observation's metadata; what is unknown leaves no key. */
final class Facts {
  private final Map<String, String> facts = new LinkedHashMap<>();

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
    size("http.request", event.requestSize());
    size("http.response", event.responseSize());
    Event.Failure error = event.error();
    if (error != null) {
      put("error.type", error.type());
      put("error.stack", error.stack());
    }
  }

  private void size(String prefix, Event.@Nullable BodySize size) {
    if (size != null) {
      put(prefix + ".bytes", Long.toString(size.size()));
      put(prefix + ".truncated", size.truncated() ? "true" : null);
      put(prefix + ".closed_early", size.closedEarly() ? "true" : null);
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
