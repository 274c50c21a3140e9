package dev.jobradar.tl;

import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schemas that the types under test were generated from. */
final class Schemas {
  static final Schema API = parse("api.tl");
  static final Schema MTPROTO = parse("mtproto.tl");

  private Schemas() {}

  private static Schema parse(String name) {
    try {
      return SchemaParser.parse(name, Files.readString(Path.of("src/main/tl", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
