package dev.jobradar.tl.codegen;

/** Java source as it grows, indented by two blanks for every open brace. */
final class Code {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Adds a line; one that ends with an opening brace indents what follows. */
  Code line(String line) {
    if (line.startsWith("}")) {
      depth--;
    }
    if (!line.isEmpty()) {
      text.append("  ".repeat(depth)).append(line);
    }
    text.append('\n');
    if (line.endsWith("{")) {
      depth++;
    }
    return this;
  }

  /** Adds a formatted line. */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  Code line(String format, Object... arguments) {
    return line(format.formatted(arguments));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
