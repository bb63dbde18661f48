package io.sidetrace.benchmarks.app;

import java.nio.file.Path;

/**
 * What a comparison is made of.
 *
 * @param javaHome of the JVM that runs the application
 * @param application a Spring Boot jar
 * @param idle what {@link IdleAgent} packed
 * @param scratch where the applications' output and temporary files go
 */
public record Artifacts(
    Path javaHome, Path application, Path sidetrace, Path openTelemetry, Path idle, Path scratch) {}
