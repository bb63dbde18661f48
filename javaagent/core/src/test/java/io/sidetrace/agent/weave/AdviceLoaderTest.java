package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.sample.Seen;
import io.sidetrace.sample.Shapes;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdviceLoaderTest {

  private static final String OWN = "io.sidetrace.sample.advice.";

  private final ClassLoader agent = AdviceLoaderTest.class.getClassLoader();
  private final AdviceLoaders loaders = new AdviceLoaders(agent);

  @Test
  void itsOwnPackage_isDefinedInIt() throws Exception {
    AdviceLoader loader = loaders.loader(agent, OWN);

    Class<?> advice = loader.loadClass(OWN + "RecordingAdvice");

    assertThat(advice.getClassLoader()).isSameAs(loader);
    assertThat(loader.loadClass(OWN + "RecordingAdvice")).isSameAs(advice);
    assertThat(loader.loadClass("io.sidetrace.sample.Seen").getClassLoader()).isSameAs(agent);
  }

  @Test
  void theApi_comesFromTheAgent_andNothingElseOfItIsSeen() throws Exception {
    try (var application = new URLClassLoader(new URL[0], null)) {
      AdviceLoader loader = loaders.loader(application, OWN);

      assertThat(loader.loadClass("io.sidetrace.agent.api.Context").getClassLoader())
          .isSameAs(agent);
      assertThatThrownBy(() -> loader.loadClass("io.sidetrace.agent.weave.Weaver"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("advice sees only its api package");
      assertThatThrownBy(() -> loader.loadClass("io.sidetrace.sample.Seen"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void eachApplicationLoader_hasOne() throws Exception {
    try (var other = new URLClassLoader(new URL[0], null)) {
      assertThat(loaders.loader(agent, OWN)).isSameAs(loaders.loader(agent, OWN));
      assertThat(loaders.loader(other, OWN)).isNotSameAs(loaders.loader(agent, OWN));
      assertThat(loaders.loader(agent, "another.")).isNotSameAs(loaders.loader(agent, OWN));
    }
  }

  @Test
  void java_base_isServedByThePlatformLoader() {
    assertThat(loaders.loader(null, OWN).getParent())
        .isSameAs(ClassLoader.getPlatformClassLoader());
  }

  @Test
  void anApplicationLoader_isFreed_thoughItsCallsWereLinked() throws Exception {
    Samples.weave();
    var application = applicationOf(Shapes.class);
    var freed = new WeakReference<ClassLoader>(application);

    Class<?> shapes = application.loadClass(Shapes.class.getName());
    Object result =
        shapes
            .getMethod("aString", String.class)
            .invoke(shapes.getConstructor().newInstance(), "value");
    Object seen = application.loadClass(Seen.class.getName()).getMethod("take").invoke(null);
    assertThat(result).isEqualTo("value!");
    assertThat(seen).isEqualTo(List.of("enter value", "exit token value! null"));

    application.close();
    application = null;
    shapes = null;

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (freed.get() != null && System.nanoTime() < deadline) {
      System.gc();
    }
    assertThat(freed.get()).isNull();
  }

  /** A loader of its own for the samples, as a web application has. */
  private static URLClassLoader applicationOf(Class<?> sample) {
    URL[] classes = {sample.getProtectionDomain().getCodeSource().getLocation()};
    return new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
  }
}
