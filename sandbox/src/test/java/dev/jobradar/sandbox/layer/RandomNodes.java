package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random values of a schema, made of some of its constructors only. */
final class RandomNodes {
  private static final int MAX_DEPTH = 5;

  private final Schema schema;
  private final Set<String> constructors;
  private final RandomGenerator random;

  /**
   * Random values.
   *
   * @param constructors those that occur; a field whose type has none of them is left out
   */
  RandomNodes(Schema schema, Set<String> constructors, RandomGenerator random) {
    this.schema = schema;
    this.constructors = constructors;
    this.random = random;
  }

  /** A value of a definition; null if a field that it needs cannot be filled. */
  @Nullable Node node(Definition definition) {
    return node(definition, 0);
  }

  private @Nullable Node node(Definition definition, int depth) {
    Map<Field.Condition, Boolean> bits = new HashMap<>();
    Map<String, Value> fields = new HashMap<>();
    Set<Field.Condition> unfilled = new HashSet<>();
    for (Field field : definition.fields()) {
      Field.Condition condition = field.condition();
      boolean absent =
          condition != null
              && !bits.computeIfAbsent(condition, bit -> depth < MAX_DEPTH && random.nextBoolean());
      if (field.isFlags() || absent) {
        continue;
      }
      Value value = value(field.type(), depth);
      if (value != null) {
        fields.put(field.name(), value);
      } else if (condition == null) {
        return null;
      } else {
        unfilled.add(condition);
      }
    }
    for (Field field : definition.fields()) {
      if (field.condition() != null && unfilled.contains(field.condition())) {
        fields.remove(field.name());
      }
    }
    return new Node(definition, fields);
  }

  private @Nullable Value value(TypeRef type, int depth) {
    return switch (type) {
      case Builtin builtin ->
          switch (builtin) {
            case INT -> new Value.IntValue(random.nextInt());
            case LONG -> new Value.LongValue(random.nextLong());
            case DOUBLE -> new Value.DoubleValue(random.nextDouble());
            case STRING, BYTES -> string();
            case INT128 -> new Value.Int128Value(Int128.random(random));
            case INT256 -> new Value.Int256Value(Int256.random(random));
            case BOOL -> new Value.BoolValue(random.nextBoolean());
            case TRUE -> new Value.BoolValue(true);
            case FLAGS, OBJECT -> throw new IllegalStateException(builtin.text());
          };
      case TypeRef.Vector(TypeRef element, boolean boxed) -> {
        List<Value> elements = new ArrayList<>();
        for (int i = depth < MAX_DEPTH ? random.nextInt(3) : 0; i > 0; i--) {
          Value value = value(element, depth);
          if (value != null) {
            elements.add(value);
          }
        }
        yield new Value.VectorValue(elements);
      }
      case TypeRef.Boxed(String name) -> {
        List<Definition> choice =
            schema.constructorsOf(name).stream()
                .filter(definition -> constructors.contains(definition.name()))
                .toList();
        List<Definition> ends = choice.stream().filter(RandomNodes::isEnd).toList();
        List<Definition> these = depth < MAX_DEPTH || ends.isEmpty() ? choice : ends;
        yield choice.isEmpty() || depth > 2 * MAX_DEPTH
            ? null
            : node(these.get(random.nextInt(these.size())), depth + 1);
      }
      case TypeRef.Variable variable -> null;
      case TypeRef.Bare bare -> throw new IllegalStateException(bare.text());
    };
  }

  /** Whether it needs no other object: trees have to end somewhere. */
  private static boolean isEnd(Definition definition) {
    return definition.fields().stream()
        .allMatch(field -> field.condition() != null || !(field.type() instanceof TypeRef.Boxed));
  }

  private Value string() {
    byte[] bytes = new byte[random.nextInt(20)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return new Value.StringValue(Bytes.of(bytes));
  }
}
