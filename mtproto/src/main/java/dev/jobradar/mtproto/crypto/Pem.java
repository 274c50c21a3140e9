package dev.jobradar.mtproto.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** PEM blocks of one kind (RFC 7468): base64 in lines of 64 between BEGIN and END. */
final class Pem {
  private Pem() {}

  static String write(String label, byte[] content) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, newline).encodeToString(content), label);
  }

  /**
   * The content of every block with this label; other text is skipped.
   *
   * @throws IllegalArgumentException when there is none, or one that is not base64
   */
  static List<byte[]> read(String label, String text) {
    String name = Pattern.quote(label);
    List<byte[]> blocks =
        Pattern.compile("-----BEGIN " + name + "-----([^-]*)-----END " + name + "-----")
            .matcher(text)
            .results()
            .map(block -> Base64.getDecoder().decode(block.group(1).replaceAll("\\s", "")))
            .toList();
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("no PEM block \"BEGIN " + label + "\" found");
    }
    return blocks;
  }
}
