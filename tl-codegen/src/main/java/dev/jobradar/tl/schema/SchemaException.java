package dev.jobradar.tl.schema;

/** A schema that cannot be read; the message says where and what. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param source name of the schema, as given to the parser
   * @param line line number from 1
   */
  SchemaException(String source, int line, String problem) {
    super(source + ":" + line + ": " + problem);
  }

  /** A schema that can be read but not used. */
  public SchemaException(String problem) {
    super(problem);
  }
}
