package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Objects of our layer out of JSON: {@code {"_":"textUrl","text":"here","url":"https://…"}}. Names
 * are the schema's; bytes are base64. What a constructor needs and the JSON does not say is empty.
 *
 * <p>Where only one thing can be meant, less is enough:
 *
 * <ul>
 *   <li>the name may be left out of a type that has one constructor;
 *   <li>{@code {"bold":"…"}} stands for {@code textBold}, {@code {"heading1":"…"}} for {@code
 *       pageBlockHeading1}: the end of the name and the first field;
 *   <li>a text stands for a {@code textPlain}, a paragraph, a list's item, a table's cell or a
 *       {@code textWithEntities}, and a list of texts for a {@code textConcat} or a table's row.
 * </ul>
 */
public final class TlJson {

  /** How names of the constructors of a type begin, for the short form. */
  private static final Map<String, String> PREFIXES =
      Map.of(
          "PageBlock", "pageBlock",
          "RichText", "text",
          "MessageEntity", "messageEntity",
          "MessageMedia", "messageMedia",
          "MessageAction", "messageAction",
          "KeyboardButton", "keyboardButton",
          "PageListItem", "pageListItem",
          "PageListOrderedItem", "pageListOrderedItem");

  /** What a text alone stands for. */
  private static final Map<String, String> OF_TEXT =
      Map.of(
          "PageBlock", "pageBlockParagraph",
          "RichText", "textPlain",
          "PageListItem", "pageListItemText",
          "PageListOrderedItem", "pageListOrderedItemText",
          "PageTableCell", "pageTableCell",
          "PageCaption", "pageCaption",
          "TextWithEntities", "textWithEntities");

  /** What a list alone stands for. */
  private static final Map<String, String> OF_LIST =
      Map.of(
          "RichText", "textConcat",
          "PageTableRow", "pageTableRow",
          "PageListItem", "pageListItemBlocks",
          "PageListOrderedItem", "pageListOrderedItemBlocks");

  private final StoredLayers layers = StoredLayers.get();
  private final LayerSchema schema = layers.ours();
  private final Converter empty = new Converter(schema, layers::isSent, node -> node);

  private TlJson() {}

  /**
   * An object of a type.
   *
   * @param type its name in the schema, such as {@code PageBlock}
   * @throws IllegalArgumentException when the JSON is none, or has what no client can be sent
   */
  public static <T> T read(JsonNode json, String type, Function<TlReader, T> reader) {
    Value value = new TlJson().value(json, new TypeRef.Boxed(type), type);
    return reader.apply(new TlReader(ValueWriter.bytes(value)));
  }

  /**
   * An object of a type, by the fields that are given; see {@link #read}.
   *
   * @param constructor its name
   */
  public static <T> T fields(JsonNode json, String constructor, Function<TlReader, T> reader) {
    TlJson tl = new TlJson();
    Value value = tl.node(json, tl.definition(constructor), constructor);
    return reader.apply(new TlReader(ValueWriter.bytes(value)));
  }

  /** A list of objects of a type; see {@link #read}. */
  public static <T> List<T> list(JsonNode json, String type, Function<TlReader, T> reader) {
    if (!json.isArray()) {
      throw wrong(type, "a list of " + type);
    }
    List<T> all = new ArrayList<>();
    json.forEach(each -> all.add(read(each, type, reader)));
    return List.copyOf(all);
  }

  private Value value(JsonNode json, TypeRef type, String at) {
    return switch (type) {
      case Builtin builtin -> builtin(json, builtin, at);
      case TypeRef.Vector(TypeRef element, boolean boxed) -> {
        if (!json.isArray()) {
          throw wrong(at, "a list");
        }
        List<Value> elements = new ArrayList<>();
        json.forEach(each -> elements.add(value(each, element, at)));
        yield new Value.VectorValue(elements);
      }
      case TypeRef.Boxed(String name) -> object(json, name, at);
      case TypeRef.Variable variable -> throw wrong(at, "no call");
      case TypeRef.Bare bare -> throw wrong(at, "no bare type");
    };
  }

  private static Value builtin(JsonNode json, Builtin type, String at) {
    return switch (type) {
      case INT -> {
        if (!json.isInt()) {
          throw wrong(at, "a number");
        }
        yield new Value.IntValue(json.intValue());
      }
      case LONG -> {
        if (!json.isIntegralNumber() || !json.canConvertToLong()) {
          throw wrong(at, "a number");
        }
        yield new Value.LongValue(json.longValue());
      }
      case DOUBLE -> {
        if (!json.isNumber()) {
          throw wrong(at, "a number");
        }
        yield new Value.DoubleValue(json.doubleValue());
      }
      case STRING ->
          new Value.StringValue(Bytes.of(text(json, at).getBytes(StandardCharsets.UTF_8)));
      case BYTES -> {
        try {
          yield new Value.StringValue(Bytes.of(Base64.getDecoder().decode(text(json, at))));
        } catch (IllegalArgumentException e) {
          throw wrong(at, "base64");
        }
      }
      case BOOL, TRUE -> {
        if (!json.isBoolean()) {
          throw wrong(at, "true or false");
        }
        yield new Value.BoolValue(json.booleanValue());
      }
      case INT128, INT256, FLAGS, OBJECT -> throw wrong(at, "left out");
    };
  }

  private static String text(JsonNode json, String at) {
    if (!json.isString()) {
      throw wrong(at, "a text");
    }
    return json.stringValue();
  }

  private Value object(JsonNode json, String type, String at) {
    String alone = json.isString() ? OF_TEXT.get(type) : json.isArray() ? OF_LIST.get(type) : null;
    if (alone != null) {
      return firstField(json, definition(alone), at);
    }
    if (!json.isObject()) {
      throw wrong(at, "an object such as {\"_\":\"…\"}");
    }
    JsonNode name = json.get("_");
    if (name != null) {
      Definition named = definition(text(name, at));
      if (!named.result().text().equals(type)) {
        throw wrong(at, "of type " + type + ", and " + named.name() + " is not");
      }
      return node(json, named, at);
    }
    return shortForm(json, type, at)
        .orElseGet(() -> {
          List<Definition> all = schema.constructorsOf(type);
          if (all.size() != 1) {
            throw wrong(at, "named by \"_\"");
          }
          return node(json, definition(all.getFirst().name()), at);
        });
  }

  /** {@code {"bold":"…"}} for a {@code textBold}. */
  private Optional<Value> shortForm(JsonNode json, String type, String at) {
    String prefix = PREFIXES.get(type);
    if (prefix == null || json.size() != 1) {
      return Optional.empty();
    }
    String end = json.propertyNames().iterator().next();
    if (end.isEmpty()) {
      return Optional.empty();
    }
    String name = prefix + Character.toUpperCase(end.charAt(0)) + end.substring(1);
    return schema.constructor(name) == null
        ? Optional.empty()
        : Optional.of(firstField(json.get(end), definition(name), at));
  }

  private Value firstField(JsonNode json, Definition definition, String at) {
    Field first =
        definition.fields().stream()
            .filter(field -> !field.isFlags() && field.type() != Builtin.TRUE)
            .findFirst()
            .orElseThrow(() -> wrong(at, "without a value: " + definition.name()));
    Map<String, Value> fields = new HashMap<>();
    fields.put(first.name(), value(json, first.type(), at + "." + first.name()));
    return filled(definition, fields, at);
  }

  private Definition definition(String name) {
    Definition definition = schema.constructor(name);
    if (definition == null) {
      throw new IllegalArgumentException("the schema has no '" + name + "'");
    }
    if (!layers.isSent(name)) {
      throw new IllegalArgumentException(name + " is not among what the sandbox sends");
    }
    return definition;
  }

  private Node node(JsonNode json, Definition definition, String at) {
    Map<String, Value> fields = new HashMap<>();
    for (String name : json.propertyNames()) {
      if (name.equals("_")) {
        continue;
      }
      Field field =
          definition.fields().stream()
              .filter(each -> each.name().equals(name) && !each.isFlags())
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(definition.name() + " has no field '" + name + "'"));
      JsonNode said = Objects.requireNonNull(json.get(name), "it has this property");
      Value value = value(said, field.type(), at + "." + name);
      if (!(field.type() == Builtin.TRUE && value.equals(new Value.BoolValue(false)))) {
        fields.put(name, value);
      }
    }
    return filled(definition, fields, at);
  }

  /** With what is needed besides. */
  private Node filled(Definition definition, Map<String, Value> fields, String at) {
    for (Field field : definition.fields()) {
      if (field.isFlags() || fields.containsKey(field.name())) {
        continue;
      }
      boolean needed = field.condition() == null || sharesBit(definition, field, fields);
      if (needed && field.type() != Builtin.TRUE) {
        fields.put(field.name(), nothing(field, definition, at));
      }
    }
    return new Node(definition, fields);
  }

  /** Fields of one bit come together. */
  private static boolean sharesBit(Definition definition, Field field, Map<String, Value> fields) {
    return definition.fields().stream()
        .anyMatch(other ->
            Objects.equals(other.condition(), field.condition())
                && other.type() != Builtin.TRUE
                && fields.containsKey(other.name()));
  }

  private Value nothing(Field field, Definition definition, String at) {
    Value value = empty.emptyValue(field.type());
    if (value == null) {
      throw wrong(at, "with '" + field.name() + "', which " + definition.name() + " needs");
    }
    return value;
  }

  private static IllegalArgumentException wrong(String at, @Nullable String expected) {
    return new IllegalArgumentException("'" + at + "' must be " + expected);
  }
}
