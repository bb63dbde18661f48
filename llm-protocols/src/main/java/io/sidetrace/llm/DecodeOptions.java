package io.sidetrace.llm;

/**
 * What a decoder keeps and how far it goes.
 *
 * @param wholeEmbeddings keep embedding vectors in the output; else their count and dimensions
 * @param maxDecodedBytes bound of a decompressed body; what is beyond is cut and said to be cut
 */
public record DecodeOptions(boolean wholeEmbeddings, int maxDecodedBytes) {
  public static final DecodeOptions DEFAULT = new DecodeOptions(false, 64 * 1024 * 1024);
}
