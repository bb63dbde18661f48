package io.sidetrace.llm.spi;

import org.jspecify.annotations.Nullable;

/** Text that grows piece by piece; one that came in one piece is never copied. */
public final class Text implements CharSequence {
  private String first = "";
  private @Nullable StringBuilder all;

  public void append(CharSequence piece) {
    if (all != null) {
      all.append(piece);
    } else if (first.isEmpty()) {
      first = piece.toString();
    } else if (!piece.isEmpty()) {
      all = new StringBuilder(Math.max(256, 2 * (first.length() + piece.length())));
      all.append(first).append(piece);
    }
  }

  public void clear() {
    first = "";
    all = null;
  }

  @Override
  public int length() {
    return all != null ? all.length() : first.length();
  }

  @Override
  public char charAt(int index) {
    return all != null ? all.charAt(index) : first.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return all != null ? all.subSequence(start, end) : first.subSequence(start, end);
  }

  @Override
  public String toString() {
    return all != null ? all.toString() : first;
  }
}
