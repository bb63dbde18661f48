package io.sidetrace.agent.weave;

import static java.lang.invoke.MethodHandles.catchException;
import static java.lang.invoke.MethodHandles.collectArguments;
import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.empty;
import static java.lang.invoke.MethodHandles.foldArguments;
import static java.lang.invoke.MethodHandles.identity;
import static java.lang.invoke.MethodHandles.permuteArguments;
import static java.lang.invoke.MethodHandles.zero;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Fits one advice method to the call sites of {@link MethodWeaver}. What comes out has the type of
 * the site, throws nothing the advice throws, and gives back the site's value unchanged where the
 * advice fails, is switched off or has nothing to say.
 */
final class AdviceHandle {

  private final MethodHandle advice;
  private final String name;
  private final AdviceFailures failures;

  AdviceHandle(MethodHandle advice, String name, AdviceFailures failures) {
    this.advice = advice;
    this.name = name;
    this.failures = failures;
  }

  /** Site: {@code (this, arguments…)Object}, advice: the same or less. */
  MethodHandle enter(MethodType site) {
    MethodHandle fitted = fit(site.parameterList().toArray(new Class<?>[0]), Object.class);
    MethodHandle noToken = dropArguments(zero(Object.class), 0, Throwable.class);
    return whileOn("enter", guarded(fitted, noToken));
  }

  /** Site: {@code (argument, token)argument}, advice: {@code (token, argument)argument}. */
  MethodHandle replace(MethodType site, String valueType, @Nullable ClassLoader application) {
    Class<?> value = site.returnType();
    MethodHandle fitted = fitValue(valueType, application, value, Object.class, value);
    MethodHandle ordered = permuteArguments(fitted, site, 1, 0);
    return whileOn("replace", guarded(ordered, unchanged(value)));
  }

  /**
   * Site: {@code (result, token, null)result} or {@code (token, null)void}, advice: {@code (token,
   * result, null)}.
   *
   * <p>Runs on after a switch-off, so that what enter began before comes to its end.
   */
  MethodHandle exit(
      MethodType site, String valueType, @Nullable ClassLoader application, boolean hasEnter) {
    MethodHandle exit = guardedExit(site, valueType, application);
    return hasEnter ? exit : whileOn("exit", exit);
  }

  /** Site: {@code (thrown, token)void}, advice: that of exit. */
  MethodHandle thrown(
      MethodType site, String valueType, @Nullable ClassLoader application, boolean hasEnter) {
    Class<?> result =
        valueType.startsWith("L") || valueType.startsWith("[")
            ? Object.class
            : MethodType.fromMethodDescriptorString("()" + valueType, null).returnType();
    MethodType exitSite =
        result == void.class
            ? methodType(void.class, Object.class, Throwable.class)
            : methodType(result, result, Object.class, Throwable.class);
    MethodHandle exit = guardedExit(exitSite, valueType, application);
    if (result != void.class) {
      exit = collectArguments(exit, 0, zero(result));
    }
    exit = permuteArguments(exit.asType(exit.type().changeReturnType(void.class)), site, 1, 0);
    return hasEnter ? exit : whileOn("thrown", exit);
  }

  private MethodHandle guardedExit(
      MethodType site, String valueType, @Nullable ClassLoader application) {
    Class<?> result = site.returnType();
    if (result == void.class) {
      MethodHandle fitted = fit(new Class<?>[] {Object.class, Throwable.class}, void.class);
      return guarded(fitted, empty(methodType(void.class, Throwable.class)));
    }
    MethodHandle ordered;
    if (advice.type().returnType() == void.class) {
      MethodHandle fitted = fit(new Class<?>[] {Object.class, result, Throwable.class}, void.class);
      MethodHandle observer = permuteArguments(fitted, site.changeReturnType(void.class), 1, 0, 2);
      ordered =
          foldArguments(
              dropArguments(identity(result), 1, Object.class, Throwable.class), observer);
    } else {
      MethodHandle fitted =
          fitValue(valueType, application, result, Object.class, result, Throwable.class);
      ordered = permuteArguments(fitted, site, 1, 0, 2);
    }
    return guarded(ordered, unchanged(result));
  }

  /** Like {@link #fit}, and what advice returns is checked to be of the method's type. */
  private MethodHandle fitValue(
      String valueType,
      @Nullable ClassLoader application,
      Class<?> erased,
      Class<?>... parameters) {
    Class<?> declared =
        MethodType.fromMethodDescriptorString("()" + valueType, application).returnType();
    MethodHandle checked = fit(parameters, declared);
    return checked.asType(checked.type().changeReturnType(erased));
  }

  /** The advice with these parameters, of which it may leave out the last ones. */
  private MethodHandle fit(Class<?>[] parameters, Class<?> result) {
    int count = advice.type().parameterCount();
    if (count > parameters.length) {
      throw new IllegalArgumentException(
          name + " takes " + count + " parameters where there are only " + parameters.length);
    }
    MethodType full = methodType(result, parameters);
    MethodHandle typed = advice.asType(full.dropParameterTypes(count, parameters.length));
    return dropArguments(typed, count, full.parameterList().subList(count, parameters.length));
  }

  /**
   * @param otherwise takes the Throwable and a beginning of the parameters
   */
  private MethodHandle guarded(MethodHandle target, MethodHandle otherwise) {
    MethodHandle counted = foldArguments(otherwise, failures.counter(name));
    return catchException(target, Throwable.class, counted);
  }

  /** {@code (Throwable, value)value}. */
  private static MethodHandle unchanged(Class<?> value) {
    return dropArguments(identity(value), 0, Throwable.class);
  }

  private MethodHandle whileOn(String step, MethodHandle active) {
    return failures.whileOn(active, Dispatcher.passive(step, active.type()));
  }
}
