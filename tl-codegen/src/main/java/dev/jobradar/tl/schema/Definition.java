package dev.jobradar.tl.schema;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * One constructor or function.
 *
 * @param name with its namespace: {@code messages.getHistory}
 * @param id the number that stands before its fields on the wire
 * @param variables names of type variables, as in {@code {X:Type}}
 * @param line where it stands in its source, from 1
 */
public record Definition(
    Kind kind,
    String name,
    int id,
    List<String> variables,
    List<Field> fields,
    TypeRef result,
    int line) {

  private static final Pattern TRUE_FIELD = Pattern.compile(" \\w+:\\w+\\.\\d+\\?true");
  private static final Pattern BYTES = Pattern.compile("([:?])bytes ");
  private static final Pattern PUNCTUATION = Pattern.compile("[>{}]");

  /** What a definition defines. */
  public enum Kind {
    CONSTRUCTOR,
    FUNCTION
  }

  public Definition {
    variables = List.copyOf(variables);
    fields = List.copyOf(fields);
  }

  /** As TL writes it, without the closing semicolon. */
  public String text() {
    return "%s#%08x%s".formatted(name, id, tail());
  }

  /**
   * The id that the text gives: CRC32 of the definition without id and semicolon, {@code bytes} as
   * {@code string}, fields of type {@code true} left out, and {@code < > { }} as blanks or nothing
   * (core.telegram.org, "TL-language description", combinator names).
   */
  public int computedId() {
    String canonical = TRUE_FIELD.matcher(name + tail()).replaceAll("");
    canonical = BYTES.matcher(canonical).replaceAll("$1string ").replace('<', ' ');
    canonical = PUNCTUATION.matcher(canonical).replaceAll("");
    CRC32 crc = new CRC32();
    crc.update(canonical.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private String tail() {
    String generics =
        variables.stream().map(v -> " {" + v + ":Type}").collect(Collectors.joining());
    String arguments = fields.stream().map(f -> " " + f.text()).collect(Collectors.joining());
    return generics + arguments + " = " + result.text();
  }
}
