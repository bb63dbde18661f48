package io.sidetrace.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/** Several measurements of one thing. */
public final class Measure {
  private double[] values = {};

  public void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  public double median() {
    if (isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double lowest() {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  public double highest() {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  /** The median of differences, pair by pair: what ran in the same round is compared. */
  public Measure minus(Measure other) {
    return paired(other, (a, b) -> a - b);
  }

  /** As {@link #minus}, of ratios. */
  public Measure over(Measure other) {
    return paired(other, (a, b) -> a / b);
  }

  private Measure paired(Measure other, java.util.function.DoubleBinaryOperator operator) {
    Measure result = new Measure();
    for (int i = 0; i < Math.min(values.length, other.values.length); i++) {
      result.add(operator.applyAsDouble(values[i], other.values[i]));
    }
    return result;
  }

  /** Median, and in brackets the lowest and highest, such as {@code 1.40 [1.38–1.45]}. */
  public String text(int digits) {
    if (isEmpty()) {
      return "–";
    }
    String number = "%." + digits + "f";
    return values.length == 1
        ? String.format(Locale.ROOT, number, values[0])
        : String.format(
            Locale.ROOT,
            number + " [" + number + "–" + number + "]",
            median(),
            lowest(),
            highest());
  }

  /** For differences: the median with its sign, and {@link #likely} in brackets. */
  public String signed(int digits) {
    String number = "%+." + digits + "f";
    return isEmpty() ? "–" : String.format(Locale.ROOT, number, median()) + likely(number);
  }

  /** For ratios: the median, and {@link #likely} in brackets. */
  public String ratio() {
    return isEmpty() ? "–" : String.format(Locale.ROOT, "x%.3f", median()) + likely("%.3f");
  }

  /**
   * Where the true median lies with 95 % confidence, such as {@code [-3–+12]}: between two of the
   * values, by their ranks alone, whatever their distribution (Conover, Practical Nonparametric
   * Statistics, 3.2). Empty for fewer than six values, which cannot tell.
   */
  private String likely(String number) {
    int n = values.length;
    if (n < 6) {
      return "";
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double reach = 1.96 * Math.sqrt(n);
    int low = (int) Math.round((n - reach) / 2);
    int high = (int) Math.round(1 + (n + reach) / 2);
    return String.format(
        Locale.ROOT, " [" + number + "–" + number + "]", sorted[low - 1], sorted[high - 1]);
  }
}
