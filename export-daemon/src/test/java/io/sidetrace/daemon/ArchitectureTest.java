package io.sidetrace.daemon;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** cli -> doctor -> run -> source, shape, export, deadletter, ops. */
class ArchitectureTest {
  @Test
  void packages_knowEachOtherInOneDirection() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sidetrace.daemon");

    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("io.sidetrace.daemon.cli")
        .layer("run")
        .definedBy("io.sidetrace.daemon.run")
        .layer("source")
        .definedBy("io.sidetrace.daemon.source")
        .layer("shape")
        .definedBy("io.sidetrace.daemon.shape..")
        .layer("export")
        .definedBy("io.sidetrace.daemon.export..")
        .layer("deadletter")
        .definedBy("io.sidetrace.daemon.deadletter")
        .layer("ops")
        .definedBy("io.sidetrace.daemon.ops")
        .layer("doctor")
        .definedBy("io.sidetrace.daemon.doctor")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("cli", "doctor")
        .whereLayer("source")
        .mayOnlyBeAccessedByLayers("run", "doctor")
        .whereLayer("shape")
        .mayOnlyBeAccessedByLayers("run", "export")
        .whereLayer("export")
        .mayOnlyBeAccessedByLayers("run")
        .whereLayer("deadletter")
        .mayOnlyBeAccessedByLayers("run", "cli", "doctor")
        .whereLayer("ops")
        .mayOnlyBeAccessedByLayers("run")
        .check(classes);
  }
}
