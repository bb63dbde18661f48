package io.sidetrace.sample;

import java.io.IOException;
import java.util.List;

/** Methods of every shape the weaver has to leave as they are. */
public class Shapes {

  private final Object lock = new Object();

  public void nothing() {}

  public boolean aBoolean(boolean value) {
    return !value;
  }

  public byte aByte(byte value) {
    return (byte) (value + 1);
  }

  public char aChar(char value) {
    return (char) (value + 1);
  }

  public short aShort(short value) {
    return (short) (value + 1);
  }

  public int anInt(int value) {
    return value + 1;
  }

  public long aLong(long value) {
    return value + 1;
  }

  public float aFloat(float value) {
    return value + 1;
  }

  public double aDouble(double value) {
    return value + 1;
  }

  public String aString(String value) {
    return value + "!";
  }

  public int[][] anArray(int[][] value) {
    return value.clone();
  }

  public static long wide(long first, double second, long third) {
    return first + (long) second + third;
  }

  public <T extends Comparable<T>> T larger(T first, T second) {
    return first.compareTo(second) > 0 ? first : second;
  }

  /** The first instruction is the target of a jump. */
  public static int countDown(int value) {
    while (value > 0) {
      value--;
    }
    return value;
  }

  public int manyReturns(int value) {
    long wide = value;
    for (int i = 0; i < 10; i++) {
      if (value == i) {
        return i * 2;
      }
      double inner = i * 2.0;
      if (inner > 12) {
        return (int) (inner + wide);
      }
    }
    return -1;
  }

  public String tryFinally(List<String> log, boolean fail) {
    try {
      if (fail) {
        throw new IllegalStateException("asked to");
      }
      return "done";
    } finally {
      log.add("finally");
    }
  }

  public int locked(int value) {
    synchronized (lock) {
      synchronized (this) {
        if (value < 0) {
          throw new IllegalArgumentException("negative");
        }
        return value + 1;
      }
    }
  }

  public synchronized int lockedMethod(int value) {
    return value + 1;
  }

  public int factorial(int value) {
    return value <= 1 ? 1 : value * factorial(value - 1);
  }

  public void fails(String message) throws IOException {
    throw new IOException(message);
  }

  public long failsWithLong(long value) {
    throw new IllegalStateException("no " + value);
  }

  public String onlyObserved(String value) {
    return value;
  }

  public String twice(String value) {
    return value;
  }
}
