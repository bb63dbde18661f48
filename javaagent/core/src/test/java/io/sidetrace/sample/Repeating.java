package io.sidetrace.sample;

/** A method whose advice goes on failing until it is switched off. */
public class Repeating {

  public String work(String value) {
    return value;
  }
}
