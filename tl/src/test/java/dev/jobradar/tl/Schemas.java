package dev.jobradar.tl;

import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;

/** The schemas that the types under test were generated from. */
final class Schemas {
  static final Schema API = SchemaParser.parse("api.tl", SchemaText.api());
  static final Schema MTPROTO = SchemaParser.parse("mtproto.tl", SchemaText.mtproto());

  private Schemas() {}
}
