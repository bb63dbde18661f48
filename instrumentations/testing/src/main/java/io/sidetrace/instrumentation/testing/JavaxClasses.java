package io.sidetrace.instrumentation.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * Makes of a module's test classes, and of the contract's servlet, the same ones for the servlet
 * API of Java EE: {@code javax.servlet} in place of {@code jakarta.servlet}. So one test serves
 * both.
 */
public final class JavaxClasses {
  private static final String SERVLET =
      ContractServlet.class.getPackageName().replace('.', '/') + "/ContractServlet";

  private JavaxClasses() {}

  /**
   * @param folders of the test classes, and where the others go
   */
  public static void main(String[] folders) throws IOException {
    Path from = Path.of(folders[0]);
    Path to = Path.of(folders[1]);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        write(to.resolve(from.relativize(file).toString()), Files.readAllBytes(file));
      }
    }
    for (String name : new String[] {SERVLET + ".class", SERVLET + "$Exchange.class"}) {
      try (InputStream in = JavaxClasses.class.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("no " + name);
        }
        write(to.resolve(name), in.readAllBytes());
      }
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, file.toString().endsWith(".class") ? javax(bytes) : bytes);
  }

  private static byte[] javax(byte[] classFile) {
    var writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper(Opcodes.ASM9) {
                  @Override
                  public String map(String name) {
                    return JavaxClasses.map(name);
                  }
                }),
            0);
    return writer.toByteArray();
  }

  private static String map(String name) {
    if (name.startsWith("jakarta/servlet/")) {
      return "javax" + name.substring("jakarta".length());
    }
    // Spring 6 takes an interface where Spring 5 took its only implementation.
    return name.equals("org/springframework/http/HttpStatusCode")
        ? "org/springframework/http/HttpStatus"
        : name;
  }
}
