package io.sidetrace.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How one path of the API words a reply. */
interface Endpoint {

  /** The body of a plain answer. */
  JsonNode plain(Question question, Reply reply);

  /** Event-stream frames of a streamed answer, each ending with an empty line. */
  List<String> frames(Question question, Reply reply);
}
