package io.sidetrace.standin.langfuse;

import java.util.concurrent.TimeUnit;

/** Runs the stand-in alone and prints every second what came: {@code PORT [count]}. */
public final class LangfuseStandInMain {
  private LangfuseStandInMain() {}

  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 0;
    boolean counting = args.length > 1 && args[1].equals("count");
    try (LangfuseStandIn standIn =
        counting ? LangfuseStandIn.counting(port) : LangfuseStandIn.start(port)) {
      System.out.println(standIn.url() + " takes traces");
      for (long before = -1; ; TimeUnit.SECONDS.sleep(1)) {
        long now = standIn.received();
        if (now != before) {
          System.out.println(now + " spans in " + standIn.requests() + " requests");
        }
        before = now;
        standIn.problems().stream().limit(20).forEach(System.out::println);
      }
    }
  }
}
