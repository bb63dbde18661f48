package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PiecesTest {

  @Test
  void of_takesTheFirstBytesOfTheArraysAndNoMoreThanTheyHave() {
    byte[][] arrays = {{'a', 'b'}, {'c', 'd', 'e', 0}, {9}};

    assertThat(Pieces.of(arrays, 2, 5).toUtf8()).isEqualTo("abcde");
    assertThat(Pieces.of(arrays, 2, 5).heldBytes()).isEqualTo(6);
    assertThat(Pieces.of(new Slice(arrays[1], 1, 2)).toUtf8()).isEqualTo("de");
    assertThat(Pieces.of(arrays, 1, 5).toUtf8()).isEqualTo("ab");
    assertThat(Pieces.of(arrays, 1, 5).length()).isEqualTo(2);
  }

  @Test
  void joined_isTheOnlySliceItself() {
    Slice only = Slice.ofUtf8("abc");

    assertThat(Pieces.of(only).joined()).isEqualTo(only);
    assertThat(Pieces.of(Slice.EMPTY)).isSameAs(Pieces.NONE);
    assertThat(Pieces.NONE.joined()).isSameAs(Slice.EMPTY);
  }

  @Test
  void aFrameOfPieces_isEncodedAsOneOfOneSlice() {
    Event event =
        Event.builder(Event.Kind.SPAN, new Event.Origin("s", "s-1-1", null, null))
            .ids("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", null)
            .name("n")
            .build();
    byte[][] arrays = {{'a', 'b'}, {'c', 'd'}};
    FrameEncoder inPieces = new FrameEncoder();
    FrameEncoder inOne = new FrameEncoder();

    inPieces.append(new Frame(event, Pieces.of(arrays, 2, 3), Pieces.of(arrays, 2, 4)), 1);
    inOne.append(new Frame(event, Slice.ofUtf8("abc"), Slice.ofUtf8("abcd")), 1);

    assertThat(inPieces.bytes().toBytes()).isEqualTo(inOne.bytes().toBytes());
  }
}
