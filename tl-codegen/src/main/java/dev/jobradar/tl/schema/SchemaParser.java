package dev.jobradar.tl.schema;

import dev.jobradar.tl.schema.Definition.Kind;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the text of a schema, one definition to a line. */
public final class SchemaParser {
  private static final Pattern LAYER = Pattern.compile("//\\s*LAYER\\s+(\\d{1,9})\\s*");
  private static final Pattern HEAD =
      Pattern.compile("((?:[a-z]\\w*\\.)?[a-z]\\w*)(?:#([0-9a-f]{1,8}))?");
  private static final Pattern GENERIC = Pattern.compile("\\{([A-Za-z]\\w*):Type\\}");
  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z]\\w*):(?:(\\w+)\\.(\\d{1,2})\\?)?(\\S+)");
  private static final Pattern NAME = Pattern.compile("(?:[a-z]\\w*\\.)?([A-Za-z])\\w*");
  private static final Pattern VECTOR = Pattern.compile("([Vv])ector<(.+)>");
  private static final Map<String, Builtin> BUILTINS =
      Stream.of(Builtin.values()).collect(Collectors.toMap(Builtin::text, Function.identity()));

  private final String source;
  private int line;

  private SchemaParser(String source) {
    this.source = source;
  }

  /**
   * Parses a schema.
   *
   * @param source its name, for messages
   * @throws SchemaException with the line, if the text is no schema
   */
  public static Schema parse(String source, String text) {
    return new SchemaParser(source).parseAll(text);
  }

  private Schema parseAll(String text) {
    OptionalInt layer = OptionalInt.empty();
    List<Definition> definitions = new ArrayList<>();
    Kind kind = Kind.CONSTRUCTOR;
    for (String raw : text.split("\n", -1)) {
      line++;
      Matcher layerComment = LAYER.matcher(raw.strip());
      if (layerComment.matches()) {
        layer = OptionalInt.of(Integer.parseInt(layerComment.group(1)));
      }
      String statement = withoutComment(raw).strip();
      switch (statement) {
        case "" -> {}
        case "---functions---" -> kind = Kind.FUNCTION;
        case "---types---" -> kind = Kind.CONSTRUCTOR;
        default -> definitions.add(definition(kind, statement));
      }
    }
    return new Schema(layer, definitions);
  }

  private static String withoutComment(String raw) {
    int comment = raw.indexOf("//");
    return comment < 0 ? raw : raw.substring(0, comment);
  }

  private Definition definition(Kind kind, String statement) {
    if (!statement.endsWith(";")) {
      throw problem("no ';' at the end");
    }
    String[] sides = statement.substring(0, statement.length() - 1).strip().split("\\s+=\\s+", -1);
    if (sides.length != 2) {
      throw problem("expected one '=' with blanks around it");
    }
    String[] words = sides[0].split("\\s+", -1);
    Matcher head = HEAD.matcher(words[0]);
    if (!head.matches()) {
      throw problem("'" + words[0] + "' is no name with an id");
    }
    List<String> variables = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      Matcher generic = GENERIC.matcher(words[i]);
      if (generic.matches()) {
        variables.add(generic.group(1));
      } else {
        fields.add(field(words[i], variables));
      }
    }
    checkFields(fields);
    TypeRef result = type(sides[1], variables);
    @Nullable String id = head.group(2);
    Definition definition =
        new Definition(
            kind,
            head.group(1),
            id == null ? 0 : Integer.parseUnsignedInt(id, 16),
            variables,
            fields,
            result,
            line);
    return id == null ? withComputedId(definition) : definition;
  }

  private static Definition withComputedId(Definition d) {
    return new Definition(
        d.kind(), d.name(), d.computedId(), d.variables(), d.fields(), d.result(), d.line());
  }

  private Field field(String word, List<String> variables) {
    Matcher field = FIELD.matcher(word);
    if (!field.matches()) {
      throw problem("'" + word + "' is no field");
    }
    TypeRef type = type(field.group(4), variables);
    if (field.group(2) == null) {
      return new Field(field.group(1), type, null);
    }
    int bit = Integer.parseInt(field.group(3));
    if (bit > 31) {
      throw problem("bit " + bit + " of '" + field.group(1) + "' is not in 0..31");
    }
    return new Field(field.group(1), type, new Field.Condition(field.group(2), bit));
  }

  private void checkFields(List<Field> fields) {
    Set<String> names = new HashSet<>();
    Set<String> words = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw problem("a second field '" + field.name() + "'");
      }
      Field.Condition condition = field.condition();
      if (condition != null && !words.contains(condition.word())) {
        throw problem(
            "'%s' depends on '%s', which is no earlier '#'"
                .formatted(field.name(), condition.word()));
      }
      if (condition == null && field.type() == Builtin.TRUE) {
        throw problem("'" + field.name() + "' is 'true' without a flag");
      }
      if (condition != null && field.isFlags()) {
        throw problem("'" + field.name() + "' is a '#' that depends on a flag");
      }
      if (field.isFlags()) {
        words.add(field.name());
      }
    }
  }

  private TypeRef type(String text, List<String> variables) {
    Builtin builtin = BUILTINS.get(text);
    if (builtin != null) {
      return builtin;
    }
    Matcher vector = VECTOR.matcher(text);
    if (vector.matches()) {
      return new TypeRef.Vector(type(vector.group(2), variables), vector.group(1).equals("V"));
    }
    boolean function = text.startsWith("!");
    if (variables.contains(function ? text.substring(1) : text)) {
      return new TypeRef.Variable(function ? text.substring(1) : text, function);
    }
    boolean bare = text.startsWith("%");
    String name = bare ? text.substring(1) : text;
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw problem("'" + text + "' is no type");
    }
    // In TL a lower-case name is a constructor, and so a bare type.
    return bare || Character.isLowerCase(matcher.group(1).charAt(0))
        ? new TypeRef.Bare(name)
        : new TypeRef.Boxed(name);
  }

  private SchemaException problem(String what) {
    return new SchemaException(source, line, what);
  }
}
