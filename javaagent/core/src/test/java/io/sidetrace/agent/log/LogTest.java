package io.sidetrace.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.LogLines;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogTest {

  private final LogLines lines = new LogLines();
  private final Log log = lines.log();

  @Test
  void warn_printsTheFirstOfAKindAndCountsTheRest() {
    log.warn("disk", "disk is full");
    log.warn("disk", "disk is still full");
    log.warn("net", "net is gone", new IllegalStateException("cable"));

    assertThat(lines)
        .hasToString(
            """
            sidetrace: disk is full
            sidetrace: net is gone: java.lang.IllegalStateException: cable
            """);
    assertThat(log.warnings()).containsEntry("disk", 2L).containsEntry("net", 1L);
  }

  @Test
  void recovered_speaksOnceAndLetsTheNextWarningThrough() {
    log.recovered("disk", "never broken");
    log.warn("disk", "disk is full");
    log.recovered("disk", "disk has room");
    log.recovered("disk", "disk has room");
    log.warn("disk", "disk is full again");

    assertThat(lines)
        .hasToString(
            """
            sidetrace: disk is full
            sidetrace: disk has room
            sidetrace: disk is full again
            """);
  }

  @Test
  void debug_isSilentUnlessAskedFor() {
    log.debug("woven");

    assertThat(lines).hasToString("");
  }

  @Test
  void librariesLogThroughUs() {
    assertThat(LoggerFactory.getILoggerFactory().getLogger("a.B")).isInstanceOf(Slf4jLogger.class);
    Slf4jLogger logger = new Slf4jLogger("a.B", log);

    logger.info("nobody wants to know {}", 1);
    logger.warn("pool {} is {}", "p", "empty");
    logger.error("again", new IllegalStateException());

    assertThat(lines).hasToString("sidetrace: a.B: pool p is empty\n");
  }
}
