package dev.jobradar.tl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The schemas that the types were generated from, as TL text. */
public final class SchemaText {
  private SchemaText() {}

  /** The API schema of {@link dev.jobradar.tl.api.ApiSchema#LAYER}. */
  public static String api() {
    return text("api.tl");
  }

  /** The MTProto schema. */
  public static String mtproto() {
    return text("mtproto.tl");
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(SchemaText.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
