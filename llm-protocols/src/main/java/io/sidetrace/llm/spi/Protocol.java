package io.sidetrace.llm.spi;

/** One way of speaking to a model. Stateless; any thread may call it. */
public interface Protocol {

  /** True when exchanges with this target speak the protocol. Looks at the URL only. */
  boolean serves(Target target);

  /** True when bodies with these marks speak the protocol, whatever the URL. */
  default boolean resembles(Shape shape) {
    return false;
  }

  /** Starts reading one exchange into {@code draft}. */
  Reading read(Target target, Draft draft);
}
