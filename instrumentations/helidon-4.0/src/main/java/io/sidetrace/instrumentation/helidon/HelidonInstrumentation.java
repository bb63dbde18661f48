package io.sidetrace.instrumentation.helidon;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/** Weaves Helidon's routing, below Helidon SE and MP, and where bytes pass. */
public final class HelidonInstrumentation implements Instrumentation {
  private static final String SERVER = "io.helidon.webserver.";
  private static final String HTTP1 = SERVER + "http1.Http1";
  private static final String OUTPUT = HTTP1 + "ServerResponse$BlockingOutputStream";

  @Override
  public String name() {
    return "helidon";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    for (String routing : List.of("HttpRouting", "HttpRoutingImpl")) { // the latter since 4.3
      rules.add(
          in(SERVER + "http." + routing).methods("route").enter("enterRoute").exit("exitRoute"));
    }
    rules.add(in(SERVER + "http.ErrorHandlers").methods("unhandledError").enter("enterError"));
    rules.add(in(HTTP1 + "Connection").methods("readEntityFromPipeline").exit("exitRead"));
    Rule response = in(HTTP1 + "ServerResponse");
    rules.add(response.method("outputStream").enter("enterHead"));
    rules.add(response.method("responseBuffer", "byte[]").enter("enterWhole")); // before 4.3
    rules.add(response.method("responseBuffer", "byte[]", "int", "int").enter("enterPart"));
    rules.add(in(OUTPUT).method("write", "int").enter("enterByte"));
    rules.add(in(OUTPUT).method("write", "byte[]").enter("enterBytes"));
    rules.add(in(OUTPUT).method("write", "byte[]", "int", "int").enter("enterSome"));
    return rules;
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.helidon.HelidonAdvice");
  }
}
