package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Definition.Kind;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads values by the definitions that their ids name. */
final class ValueReader {
  private final IntFunction<@Nullable Definition> byId;

  ValueReader(IntFunction<@Nullable Definition> byId) {
    this.byId = byId;
  }

  /**
   * Reads a call.
   *
   * @throws TlException if there is none
   */
  Node readFunction(TlReader reader) {
    if (reader.peekInt() == GzipPacked.ID) {
      TlReader inner = reader.unpack();
      Node call = readFunction(inner);
      inner.expectEnd();
      return call;
    }
    int id = reader.readInt();
    Definition definition = byId.apply(id);
    if (definition == null || definition.kind() != Kind.FUNCTION) {
      throw TlException.unknownConstructor("a function", id);
    }
    return readFields(definition, reader);
  }

  /**
   * Reads a value of a type.
   *
   * @throws TlException if there is none
   */
  Value read(TypeRef type, TlReader reader) {
    return switch (type) {
      case Builtin builtin -> readBuiltin(builtin, reader);
      case TypeRef.Boxed(String name) -> readBoxed(name, reader);
      case TypeRef.Vector(TypeRef element, boolean boxed) ->
          new Value.VectorValue(
              boxed
                  ? reader.readVector(each -> read(element, each))
                  : reader.readBareVector(4, each -> read(element, each)));
      case TypeRef.Variable variable -> readFunction(reader);
      case TypeRef.Bare bare ->
          throw new IllegalStateException("no API schema has bare fields: " + bare.text());
    };
  }

  private static Value readBuiltin(Builtin builtin, TlReader reader) {
    return switch (builtin) {
      case INT -> new Value.IntValue(reader.readInt());
      case LONG -> new Value.LongValue(reader.readLong());
      case DOUBLE -> new Value.DoubleValue(reader.readDouble());
      case STRING, BYTES -> new Value.StringValue(reader.readBytes());
      case INT128 -> new Value.Int128Value(reader.readInt128());
      case INT256 -> new Value.Int256Value(reader.readInt256());
      case BOOL -> new Value.BoolValue(reader.readBool());
      case TRUE -> new Value.BoolValue(true);
      case FLAGS, OBJECT ->
          throw new IllegalStateException("no API schema has fields of type " + builtin.text());
    };
  }

  private Node readBoxed(String type, TlReader reader) {
    int id = reader.readInt();
    Definition definition = byId.apply(id);
    if (definition == null
        || definition.kind() != Kind.CONSTRUCTOR
        || !definition.result().text().equals(type)) {
      throw TlException.unknownConstructor(type, id);
    }
    return readFields(definition, reader);
  }

  private Node readFields(Definition definition, TlReader reader) {
    reader.enter();
    Map<String, Integer> words = new HashMap<>();
    Map<String, Value> fields = new HashMap<>();
    for (Field field : definition.fields()) {
      if (field.isFlags()) {
        words.put(field.name(), reader.readInt());
      } else if (isPresent(field, words)) {
        fields.put(field.name(), read(field.type(), reader));
      }
    }
    reader.leave();
    return new Node(definition, fields);
  }

  private static boolean isPresent(Field field, Map<String, Integer> words) {
    Field.Condition condition = field.condition();
    return condition == null
        || (words.getOrDefault(condition.word(), 0) >>> condition.bit() & 1) != 0;
  }
}
