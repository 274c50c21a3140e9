package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.Int128;
import dev.jobradar.tl.Int256;
import dev.jobradar.tl.schema.Definition;
import java.util.List;
import java.util.Map;

/** A TL value of any schema, as a tree. */
sealed interface Value {

  record IntValue(int value) implements Value {}

  record LongValue(long value) implements Value {}

  record DoubleValue(double value) implements Value {}

  /** string and bytes. */
  record StringValue(Bytes value) implements Value {}

  record Int128Value(Int128 value) implements Value {}

  record Int256Value(Int256 value) implements Value {}

  /** Bool, and true. */
  record BoolValue(boolean value) implements Value {}

  record VectorValue(List<Value> elements) implements Value {
    public VectorValue {
      elements = List.copyOf(elements);
    }
  }

  /**
   * An object or a call.
   *
   * @param fields those that are there, by TL name; words of flags are not among them
   */
  record Node(Definition definition, Map<String, Value> fields) implements Value {
    public Node {
      fields = Map.copyOf(fields);
    }
  }
}
