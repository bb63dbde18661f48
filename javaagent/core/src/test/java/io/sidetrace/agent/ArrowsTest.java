package io.sidetrace.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows inside the agent, and which library is seen from where. */
class ArrowsTest {

  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sidetrace.agent");

  @Test
  void adviceIsGivenNothingButTheEvent() {
    mayUse("api", "io.sidetrace.event");
  }

  @Test
  void weavingKnowsNothingOfEventsAndTransports() {
    mayUse("weave", "net.bytebuddy.jar.asm..");
  }

  @Test
  void settingsAndLogStandOnTheirOwn() {
    mayUse("config", "io.sidetrace.event");
    mayUse("log", "org.slf4j..");
  }

  @Test
  void onlyBootSeesAll() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidetrace.agent.boot")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sidetrace.agent.boot")
        .check(AGENT);
  }

  @Test
  void jedisIsSeenFromTheTransportsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sidetrace.agent.transport")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .check(AGENT);
  }

  @Test
  void noPackagesGoRound() {
    slices().matching("io.sidetrace.agent.(*)..").should().beFreeOfCycles().check(AGENT);
  }

  /** Of ours and of libraries only these; the JDK is free. */
  private static void mayUse(String name, String... others) {
    var allowed = new ArrayList<>(List.of(others));
    allowed.add("io.sidetrace.agent." + name);
    allowed.add("java..");
    allowed.add("org.jspecify.annotations");
    classes()
        .that()
        .resideInAPackage("io.sidetrace.agent." + name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(new String[0]))
        .check(AGENT);
  }
}
