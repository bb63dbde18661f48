package io.sidetrace.premain;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Holds all of the agent but its two first classes, out of the application's sight: it reads {@code
 * inst/…} of the agent jar, where classes are named {@code .classdata} so that no other loader
 * finds them, and it sees the JDK, but not the application.
 */
final class AgentLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String ROOT = "inst/";

  private final JarFile jar;
  private final String rootUrl;

  /** The jar stays open, since classes are loaded when they are first used. */
  AgentLoader(File file) throws IOException {
    super(platformLoader());
    jar = new JarFile(file, false);
    rootUrl = "jar:" + file.toURI() + "!/";
  }

  /**
   * Looks into the jar before the JDK: what is asked for is nearly always ours, and the JDK says by
   * an exception that it has no such class.
   */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("java.")) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        Class<?> own = loaded != null ? loaded : defineOwn(name);
        if (own != null) {
          return own;
        }
      }
    }
    return super.loadClass(name, resolve);
  }

  private @Nullable Class<?> defineOwn(String name) throws ClassNotFoundException {
    JarEntry entry = jar.getJarEntry(entryName(name.replace('.', '/') + ".class"));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = readAll(in, (int) entry.getSize());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + " in " + jar.getName() + " is damaged", e);
    }
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      InputStream own = open(name);
      return own != null ? own : super.getResourceAsStream(name);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      return jar.getJarEntry(entryName(name)) == null ? null : new URL(rootUrl + entryName(name));
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  private @Nullable InputStream open(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(entryName(name));
    return entry == null ? null : jar.getInputStream(entry);
  }

  private static String entryName(String name) {
    return name.endsWith(".class") ? ROOT + name + "data" : ROOT + name;
  }

  /**
   * Of Java 8's API there is only the way up; the last before the boot loader is the platform's.
   */
  private static ClassLoader platformLoader() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    while (loader.getParent() != null) {
      loader = loader.getParent();
    }
    return loader;
  }

  private static byte[] readAll(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      int read = in.read(bytes, at, size - at);
      if (read < 0) {
        throw new EOFException("it ends after " + at + " of " + size + " bytes");
      }
      at += read;
    }
    return bytes;
  }
}
