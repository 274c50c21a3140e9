package dev.jobradar.tl.schema;

import org.jspecify.annotations.Nullable;

/**
 * A field of a definition.
 *
 * @param condition when the field is there; null: always
 */
public record Field(String name, TypeRef type, @Nullable Condition condition) {

  /**
   * The bit that says whether a field is there.
   *
   * @param word name of an earlier field of type {@code #}
   * @param bit 0..31
   */
  public record Condition(String word, int bit) {
    /** As TL writes it: {@code flags.3}. */
    public String text() {
      return word + "." + bit;
    }
  }

  /** Whether this is a word of flags. */
  public boolean isFlags() {
    return type == TypeRef.Builtin.FLAGS;
  }

  /** As TL writes it: {@code name:flags.3?type}. */
  public String text() {
    return name + ":" + (condition == null ? "" : condition.text() + "?") + type.text();
  }
}
