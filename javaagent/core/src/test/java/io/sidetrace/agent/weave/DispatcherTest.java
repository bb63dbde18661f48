package io.sidetrace.agent.weave;

import static java.lang.invoke.MethodType.methodType;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What woven code gets when nothing is linked: its own values back. */
class DispatcherTest {

  private final MethodHandles.Lookup lookup = MethodHandles.lookup();

  @BeforeAll
  static void weave() {
    Samples.weave();
  }

  @Test
  void it_isInJavaBase_withoutAnythingOfTheAgent() throws Exception {
    Class<?> defined = Class.forName("java.lang.SidetraceDispatcher", false, null);

    assertThat(defined.getModule()).isSameAs(Object.class.getModule());
    assertThat(defined.getClassLoader()).isNull();
  }

  @Test
  void aRuleThatIsNotThere_linksNothing() throws Throwable {
    MethodType exit = methodType(long.class, long.class, Object.class, Throwable.class);
    MethodType enter = methodType(Object.class, Object.class, int.class);
    MethodType thrown = methodType(void.class, Throwable.class, Object.class);

    assertThat((long) link("exit", exit, 100_000).invoke(42L, null, null)).isEqualTo(42);
    assertThat((Object) link("enter", enter, -1).invoke((Object) this, 1)).isNull();
    link("thrown", thrown, -1).invoke(new Exception(), null);
  }

  @Test
  void aClassThatTheRuleDoesNotName_linksNothing() throws Throwable {
    MethodType enter = methodType(Object.class, Object.class);

    assertThat((Object) link("enter", enter, 0).invoke((Object) "argument")).isNull();
  }

  @Test
  void anUnknownStep_linksNothing() throws Throwable {
    MethodType type = methodType(Object.class, Object.class);

    assertThat((Object) link("other", type, 0).invoke((Object) "value")).isEqualTo("value");
  }

  private MethodHandle link(String step, MethodType type, int rule) throws Throwable {
    Class<?> dispatcher = Class.forName("java.lang.SidetraceDispatcher", false, null);
    MethodHandle bootstrap =
        MethodHandles.publicLookup()
            .findStatic(
                dispatcher,
                "link",
                methodType(
                    CallSite.class,
                    MethodHandles.Lookup.class,
                    String.class,
                    MethodType.class,
                    Object.class,
                    Object.class,
                    Object.class));
    var site = (CallSite) bootstrap.invoke(lookup, step, type, rule, 0, "Ljava/lang/Object;");
    assertThat(site.type()).isEqualTo(type);
    return site.getTarget();
  }
}
