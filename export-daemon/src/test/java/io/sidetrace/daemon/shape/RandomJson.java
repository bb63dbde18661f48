package io.sidetrace.daemon.shape;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Random;

/** JSON of all shapes: deep, wide, with long strings, odd numbers and escapes. */
public final class RandomJson {
  private static final String[] PIECES = {
    "word ", "\n", "\"quoted\" ", "\\ ", "ü", "😀", "{", "]", "\u0001", "/", "0", ", "
  };

  private RandomJson() {}

  /**
   * @param most characters of a string
   */
  public static void write(StringBuilder to, Random random, int depth, int most) {
    switch (depth == 0 ? random.nextInt(4) : random.nextInt(7)) {
      case 0 -> to.append(random.nextLong());
      case 1 -> to.append(random.nextDouble());
      case 2 -> to.append(random.nextBoolean() ? "null" : "true");
      case 3 -> to.append(quoted(text(random, most)));
      case 4, 5 -> object(to, random, depth, most);
      default -> array(to, random, depth, most);
    }
  }

  private static void object(StringBuilder to, Random random, int depth, int most) {
    to.append('{');
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      to.append(i == 0 ? "" : ", ").append(quoted("k" + i)).append(": ");
      write(to, random, depth - 1, most);
    }
    to.append('}');
  }

  private static void array(StringBuilder to, Random random, int depth, int most) {
    to.append('[');
    int items = random.nextInt(random.nextInt(10) == 0 ? 400 : 5);
    for (int i = 0; i < items; i++) {
      to.append(i == 0 ? "" : ",");
      write(to, random, items > 20 ? 0 : depth - 1, items > 20 ? 20 : most);
    }
    to.append(']');
  }

  static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(most + 1); text.length() < left; ) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  public static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
