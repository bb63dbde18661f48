package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was proven, keeps what failed. */
final class Tally {

  int classes;
  int methods;
  final List<String> failures = new ArrayList<>();

  /** Classes by the reason they stayed as they were. */
  final Map<String, Integer> left = new TreeMap<>();

  void proven(int wovenMethods) {
    classes++;
    methods += wovenMethods;
  }

  void leave(String reason) {
    left.merge(reason, 1, Integer::sum);
  }

  void leave(List<String> refusals) {
    for (String refusal : refusals) {
      leave(
          refusal.replaceFirst(
              ".*(MethodTooLarge|ClassTooLarge|class file version|argument slots).*", "$1"));
    }
  }

  @Override
  public String toString() {
    return methods + " methods of " + classes + " classes woven and verified, left: " + left;
  }
}
