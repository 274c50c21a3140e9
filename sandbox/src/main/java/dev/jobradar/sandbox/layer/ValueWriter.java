package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.Objects;

/** Writes values, boxed, by the definitions that they carry. */
final class ValueWriter {
  private ValueWriter() {}

  static byte[] bytes(Value value) {
    TlWriter writer = new TlWriter();
    write(value, writer);
    return writer.toByteArray();
  }

  private static void write(Value value, TlWriter writer) {
    switch (value) {
      case Value.IntValue(var number) -> writer.writeInt(number);
      case Value.LongValue(var number) -> writer.writeLong(number);
      case Value.DoubleValue(var number) -> writer.writeDouble(number);
      case Value.StringValue(var bytes) -> writer.writeBytes(bytes);
      case Value.Int128Value(var number) -> writer.writeInt128(number);
      case Value.Int256Value(var number) -> writer.writeInt256(number);
      case Value.BoolValue(var bool) -> writer.writeBool(bool);
      case Value.VectorValue(var elements) ->
          writer.writeVector(elements, (out, element) -> write(element, out));
      case Node node -> writeNode(node, writer);
    }
  }

  private static void writeNode(Node node, TlWriter writer) {
    Definition definition = node.definition();
    writer.writeInt(definition.id());
    for (Field field : definition.fields()) {
      Value value = node.fields().get(field.name());
      if (field.isFlags()) {
        writer.writeInt(flags(node, field.name()));
      } else if (field.condition() == null) {
        writeField(field, Objects.requireNonNull(value, field.name()), writer);
      } else if (value != null && field.type() != Builtin.TRUE) {
        writeField(field, value, writer);
      }
    }
  }

  private static void writeField(Field field, Value value, TlWriter writer) {
    if (field.type() instanceof TypeRef.Vector vector && !vector.boxed()) {
      throw new IllegalStateException("no API schema has bare vectors: " + field.text());
    }
    write(value, writer);
  }

  private static int flags(Node node, String word) {
    int flags = 0;
    for (Field field : node.definition().fields()) {
      Field.Condition condition = field.condition();
      if (condition != null
          && condition.word().equals(word)
          && node.fields().containsKey(field.name())) {
        flags |= 1 << condition.bit();
      }
    }
    return flags;
  }
}
