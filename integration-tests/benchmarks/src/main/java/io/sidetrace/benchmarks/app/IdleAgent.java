package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What every agent that weaves costs before it does anything: the JVM has to show it all classes,
 * and cannot use all of its archive. The floor for the start.
 */
public final class IdleAgent implements ClassFileTransformer {

  private IdleAgent() {}

  /** Where the JVM enters it. */
  public static void premain(@Nullable String arguments, Instrumentation jvm) {
    jvm.addTransformer(new IdleAgent(), true);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    return null;
  }

  /**
   * Packs this class as an agent.
   *
   * @return the jar
   */
  public static Path pack(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", IdleAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = directory.resolve("idle-agent.jar");
    String entry = IdleAgent.class.getName().replace('.', '/') + ".class";
    try (InputStream in = IdleAgent.class.getResourceAsStream("/" + entry);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(entry));
      out.write(in.readAllBytes());
    }
    return jar;
  }
}
