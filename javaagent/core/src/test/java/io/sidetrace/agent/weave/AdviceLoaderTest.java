package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
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
  void anApplicationLoader_isFreedWithItsAdvice() throws Exception {
    var application = new URLClassLoader(new URL[0], agent);
    loaders.loader(application, OWN).loadClass(OWN + "RecordingAdvice");
    var freed = new WeakReference<ClassLoader>(application);

    application.close();
    application = null;

    long deadline = System.nanoTime() + 20_000_000_000L;
    while (freed.get() != null && System.nanoTime() < deadline) {
      System.gc();
    }
    assertThat(freed.get()).isNull();
  }
}
