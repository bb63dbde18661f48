package io.sidetrace.daemon.run;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is to be known of a component of {@link DaemonOptions}. Its key is the component's name in
 * kebab case; {@code --key} sets it, then {@code SIDETRACE_KEY}, then {@code key:} in the file.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** One line. */
  String help();

  /** What a value is, such as {@code bytes}. */
  String unit();

  /** The default as one would write it; empty: unset. */
  String fallback() default "";

  /** Further environment variables, tried after our own. */
  String[] env() default {};

  /** True for what must not show in a process list: no flag sets it. */
  boolean secret() default false;

  /** True for a list of rules, which no flag or variable can hold. */
  boolean fileOnly() default false;
}
