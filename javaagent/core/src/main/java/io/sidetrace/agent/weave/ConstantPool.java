package io.sidetrace.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A class file's constants, JVMS 4.4. */
final class ConstantPool {
  private static final int UTF8 = 1;

  private ConstantPool() {}

  /**
   * Replaces one text by another, where it is a constant's whole text, such as a class's name. Not
   * ASM's remapper, which loads twelve classes for it.
   */
  static byte[] rename(byte[] classFile, String from, String to) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(classFile));
    var bytes = new ByteArrayOutputStream(classFile.length + 64);
    var out = new DataOutputStream(bytes);
    copy(in, out, 8); // magic and version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        String text = in.readUTF();
        out.writeUTF(text.equals(from) ? to : text);
        continue;
      }
      switch (tag) {
        case 3, 4, 9, 10, 11, 12, 17, 18 -> copy(in, out, 4);
        case 5, 6 -> {
          copy(in, out, 8); // long and double
          i++; // count twice
        }
        case 7, 8, 16, 19, 20 -> copy(in, out, 2);
        case 15 -> copy(in, out, 3);
        default -> throw new IOException("unknown constant " + tag + " in a class file");
      }
    }
    copy(in, out, in.available());
    return bytes.toByteArray();
  }

  private static void copy(DataInputStream in, DataOutputStream out, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    out.write(bytes);
  }
}
