package dev.jobradar.tl.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A schema: definitions found by id, by name and by type. Immutable. */
public final class Schema {
  private final OptionalInt layer;
  private final List<Definition> definitions;
  private final Map<Integer, Definition> byId = new HashMap<>();
  private final Map<String, Definition> constructors = new HashMap<>();
  private final Map<String, Definition> functions = new HashMap<>();
  private final Map<String, List<Definition>> byType = new LinkedHashMap<>();

  /**
   * A schema of these definitions.
   *
   * @throws SchemaException if two definitions have the same id, or two of one kind the same name
   */
  public Schema(OptionalInt layer, List<Definition> definitions) {
    this.layer = layer;
    this.definitions = List.copyOf(definitions);
    for (Definition definition : this.definitions) {
      index(definition);
    }
  }

  private void index(Definition definition) {
    Definition sameId = byId.put(definition.id(), definition);
    if (sameId != null) {
      throw new SchemaException(
          "line %d: %s has the id of %s"
              .formatted(definition.line(), definition.name(), sameId.name()));
    }
    boolean function = definition.kind() == Definition.Kind.FUNCTION;
    if ((function ? functions : constructors).put(definition.name(), definition) != null) {
      throw new SchemaException(
          "line %d: a second %s".formatted(definition.line(), definition.name()));
    }
    if (!function) {
      byType.computeIfAbsent(definition.result().text(), type -> new ArrayList<>()).add(definition);
    }
  }

  /** The layer that the source names in a comment {@code // LAYER n}. */
  public OptionalInt layer() {
    return layer;
  }

  /** All of them, in the order of the source. */
  public List<Definition> definitions() {
    return definitions;
  }

  public @Nullable Definition byId(int id) {
    return byId.get(id);
  }

  public @Nullable Definition constructor(String name) {
    return constructors.get(name);
  }

  public @Nullable Definition function(String name) {
    return functions.get(name);
  }

  /** Constructors of a type in the order of the source; empty if the type is not defined. */
  public List<Definition> constructorsOf(String type) {
    return Collections.unmodifiableList(byType.getOrDefault(type, List.of()));
  }

  /** Names of the types that have constructors, in the order of the source. */
  public List<String> types() {
    return List.copyOf(byType.keySet());
  }
}
