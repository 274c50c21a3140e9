package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Converts values to another layer by name; null for what that layer cannot express. */
final class Converter {
  private static final String UNSUPPORTED = "messageMediaUnsupported";

  private final LayerSchema target;
  private final Predicate<String> known;
  private final UnaryOperator<Node> rules;

  /**
   * A converter to a layer.
   *
   * @param known constructors for which the target is known to have the right definition
   * @param rules what happens to a call or an object before its fields are carried over
   */
  Converter(LayerSchema target, Predicate<String> known, UnaryOperator<Node> rules) {
    this.target = target;
    this.known = known;
    this.rules = rules;
  }

  /** A value as a type of the target layer. */
  @Nullable Value convert(Value value, TypeRef type) {
    return switch (type) {
      case Builtin builtin ->
          value instanceof Node ? unwrapped(value, type) : convertBuiltin(value, builtin);
      case TypeRef.Vector(TypeRef element, boolean boxed) ->
          value instanceof Value.VectorValue(var elements)
              ? convertElements(elements, element)
              : unwrapped(value, type);
      case TypeRef.Boxed boxed -> value instanceof Node node ? convertObject(node, boxed) : null;
      case TypeRef.Variable variable -> value instanceof Node node ? convertFunction(node) : null;
      case TypeRef.Bare bare -> null;
    };
  }

  /** A call as one of the target layer. */
  @Nullable Node convertFunction(Node call) {
    Definition definition = target.function(call.definition().name());
    return definition == null ? null : convertFields(rules.apply(call), definition);
  }

  private static @Nullable Value convertBuiltin(Value value, Builtin type) {
    return switch (value) {
      case Value.IntValue(int number) ->
          switch (type) {
            case INT -> value;
            case LONG -> new Value.LongValue(number);
            default -> null;
          };
      case Value.LongValue(long number) ->
          switch (type) {
            case LONG -> value;
            case INT -> number == (int) number ? new Value.IntValue((int) number) : null;
            default -> null;
          };
      case Value.DoubleValue number -> type == Builtin.DOUBLE ? value : null;
      case Value.StringValue string ->
          type == Builtin.STRING || type == Builtin.BYTES ? value : null;
      case Value.Int128Value number -> type == Builtin.INT128 ? value : null;
      case Value.Int256Value number -> type == Builtin.INT256 ? value : null;
      case Value.BoolValue bool -> type == Builtin.BOOL || type == Builtin.TRUE ? value : null;
      case Value.VectorValue vector -> null;
      case Node node -> null;
    };
  }

  /** Objects that the target cannot express are left out; numbers and strings are not. */
  private @Nullable Value convertElements(List<Value> elements, TypeRef type) {
    List<Value> converted = new ArrayList<>(elements.size());
    for (Value element : elements) {
      Value other = convert(element, type);
      if (other != null) {
        converted.add(other);
      } else if (!(element instanceof Node)) {
        return null;
      }
    }
    return new Value.VectorValue(converted);
  }

  private @Nullable Value convertObject(Node object, TypeRef.Boxed type) {
    String name = object.definition().name();
    Definition definition = target.constructor(name);
    if (definition != null && !known.test(name)) {
      throw new LayerException(name + " is not among the constructors sent in names.txt");
    }
    if (definition != null && definition.result().equals(type)) {
      return convertFields(rules.apply(object), definition);
    }
    return unwrapped(object, type);
  }

  /** What was wrapped in an object later: its only field of the type that is asked for. */
  private @Nullable Value unwrapped(Value value, TypeRef type) {
    if (!(value instanceof Node object)) {
      return null;
    }
    List<Field> candidates =
        object.definition().fields().stream().filter(field -> field.type().equals(type)).toList();
    if (candidates.size() != 1) {
      return null;
    }
    Value inner = object.fields().get(candidates.getFirst().name());
    return inner == null ? null : convert(inner, type);
  }

  private @Nullable Node convertFields(Node node, Definition definition) {
    Map<String, Value> fields = new HashMap<>();
    for (Field field : definition.fields()) {
      if (field.isFlags()) {
        continue;
      }
      Value value = node.fields().get(field.name());
      Value converted = value == null ? null : convert(value, field.type());
      if (converted == null && value != null) {
        converted = unsupported(field.type());
      }
      if (converted == null && field.condition() == null) {
        converted = emptyValue(field.type());
        if (converted == null) {
          return null;
        }
      }
      if (converted != null && !isFalse(field, converted)) {
        fields.put(field.name(), converted);
      }
    }
    fields.keySet().removeAll(incomplete(definition, fields.keySet()));
    return new Node(definition, fields);
  }

  /** Media that a layer does not have is sent to it as what its client cannot show. */
  private @Nullable Value unsupported(TypeRef type) {
    Definition definition = target.constructor(UNSUPPORTED);
    return definition != null && definition.result().equals(type)
        ? new Node(definition, Map.of())
        : null;
  }

  private static boolean isFalse(Field field, Value value) {
    return field.type() == Builtin.TRUE && value.equals(new Value.BoolValue(false));
  }

  /** Values that share a bit come together: the fields of a bit for which one is missing. */
  private static Set<String> incomplete(Definition definition, Set<String> present) {
    Set<Field.Condition> broken = new HashSet<>();
    for (Field field : definition.fields()) {
      boolean value = field.condition() != null && field.type() != Builtin.TRUE;
      if (value && !present.contains(field.name())) {
        broken.add(field.condition());
      }
    }
    Set<String> names = new HashSet<>();
    for (Field field : definition.fields()) {
      if (field.condition() != null && broken.contains(field.condition())) {
        names.add(field.name());
      }
    }
    return names;
  }

  /** What stands where a value is needed and there is none. */
  @Nullable Value emptyValue(TypeRef type) {
    return switch (type) {
      case Builtin builtin ->
          switch (builtin) {
            case INT -> new Value.IntValue(0);
            case LONG -> new Value.LongValue(0);
            case DOUBLE -> new Value.DoubleValue(0);
            case STRING, BYTES -> new Value.StringValue(Bytes.EMPTY);
            case INT128 -> new Value.Int128Value(new Int128(0, 0));
            case INT256 -> new Value.Int256Value(new Int256(0, 0, 0, 0));
            case BOOL -> new Value.BoolValue(false);
            case TRUE, FLAGS, OBJECT -> null;
          };
      case TypeRef.Vector vector -> new Value.VectorValue(List.of());
      case TypeRef.Boxed(String name) -> emptyObject(name);
      case TypeRef.Variable variable -> null;
      case TypeRef.Bare bare -> null;
    };
  }

  /** The constructor that says "nothing", or the only one if it needs no field. */
  private @Nullable Value emptyObject(String type) {
    List<Definition> constructors = target.constructorsOf(type);
    return constructors.stream()
        .filter(each -> constructors.size() == 1 || each.name().endsWith("Empty"))
        .filter(each -> needsNothing(each) && known.test(each.name()))
        .findFirst()
        .map(definition -> new Node(definition, Map.of()))
        .orElse(null);
  }

  private static boolean needsNothing(Definition definition) {
    return definition.fields().stream()
        .allMatch(field -> field.isFlags() || field.condition() != null);
  }
}
