package dev.jobradar.tl;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Writes random values by what the schema says, with nothing of the generated code: the other
 * opinion about what bytes a constructor has.
 */
final class RandomValues {
  private static final int MAX_DEPTH = 4;

  private final Schema schema;
  private final RandomGenerator random;
  private final Map<String, Integer> heights = new HashMap<>();

  RandomValues(Schema schema, RandomGenerator random) {
    this.schema = schema;
    this.random = random;
    computeHeights();
  }

  /** A boxed value of a constructor, or a call of a function. */
  byte[] bytesOf(Definition definition) {
    TlWriter out = new TlWriter();
    writeBoxed(out, definition, 0);
    return out.toByteArray();
  }

  /** The least number of levels that a value of a type needs, so that writing comes to an end. */
  private void computeHeights() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (String type : schema.types()) {
        int height =
            schema.constructorsOf(type).stream().mapToInt(this::heightOf).min().orElseThrow();
        if (height < heights.getOrDefault(type, Integer.MAX_VALUE)) {
          heights.put(type, height);
          changed = true;
        }
      }
    }
  }

  private int heightOf(Definition constructor) {
    int height = 0;
    for (Field field : constructor.fields()) {
      if (field.condition() == null && field.type() instanceof TypeRef.Boxed(String type)) {
        int inner = heights.getOrDefault(type, Integer.MAX_VALUE);
        height = Math.max(height, inner == Integer.MAX_VALUE ? inner : inner + 1);
      }
    }
    return height;
  }

  private void writeBoxed(TlWriter out, Definition definition, int depth) {
    out.writeInt(definition.id());
    writeFields(out, definition, depth);
  }

  private void writeFields(TlWriter out, Definition definition, int depth) {
    Map<String, Integer> words = new HashMap<>();
    for (Field field : definition.fields()) {
      if (field.isFlags()) {
        int word = depth > MAX_DEPTH ? 0 : knownBits(definition, field.name()) & random.nextInt();
        words.put(field.name(), word);
        out.writeInt(word);
        continue;
      }
      Field.Condition condition = field.condition();
      boolean present =
          condition == null
              || (words.getOrDefault(condition.word(), 0) >>> condition.bit() & 1) != 0;
      if (present && field.type() != Builtin.TRUE) {
        write(out, field.type(), depth);
      }
    }
  }

  private static int knownBits(Definition definition, String word) {
    int bits = 0;
    for (Field field : definition.fields()) {
      Field.Condition condition = field.condition();
      if (condition != null && condition.word().equals(word)) {
        bits |= 1 << condition.bit();
      }
    }
    return bits;
  }

  private void write(TlWriter out, TypeRef type, int depth) {
    switch (type) {
      case Builtin builtin -> writeBuiltin(out, builtin, depth);
      case TypeRef.Boxed(String name) -> writeBoxed(out, choose(name, depth), depth + 1);
      case TypeRef.Bare(String name) -> {
        Definition constructor = schema.constructor(name);
        if (constructor == null) {
          throw new IllegalStateException(name);
        }
        writeFields(out, constructor, depth + 1);
      }
      case TypeRef.Vector(TypeRef element, boolean boxed) -> {
        if (boxed) {
          out.writeInt(0x1cb5c415);
        }
        int count = depth > MAX_DEPTH ? 0 : random.nextInt(4);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
          write(out, element, depth);
        }
      }
      case TypeRef.Variable variable -> writeBoxed(out, anyFunction(depth), depth + 1);
    }
  }

  private void writeBuiltin(TlWriter out, Builtin builtin, int depth) {
    switch (builtin) {
      case INT -> out.writeInt(random.nextInt());
      case LONG, DOUBLE -> out.writeLong(random.nextLong() & 0x7fefffffffffffffL);
      case BOOL -> out.writeInt(random.nextBoolean() ? 0x997275b5 : 0xbc799737);
      case STRING -> out.writeString("ж".repeat(random.nextInt(8)) + "x".repeat(random.nextInt(4)));
      case BYTES -> out.writeBytes(Bytes.of(randomBytes(random.nextInt(300))));
      case INT128 -> out.writeRawBytes(randomBytes(16));
      case INT256 -> out.writeRawBytes(randomBytes(32));
      case OBJECT -> {
        List<Definition> all = schema.definitions();
        writeBoxed(out, choose(all.getFirst().result().text(), depth), depth + 1);
      }
      case TRUE, FLAGS -> throw new IllegalStateException(builtin.text());
    }
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Definition choose(String type, int depth) {
    List<Definition> constructors = schema.constructorsOf(type);
    return depth > MAX_DEPTH
        ? constructors.stream().min(Comparator.comparingInt(this::heightOf)).orElseThrow()
        : constructors.get(random.nextInt(constructors.size()));
  }

  private Definition anyFunction(int depth) {
    List<Definition> functions =
        schema.definitions().stream()
            .filter(d -> d.kind() == Definition.Kind.FUNCTION)
            .filter(d -> depth < MAX_DEPTH || d.variables().isEmpty())
            .toList();
    return functions.get(random.nextInt(functions.size()));
  }
}
