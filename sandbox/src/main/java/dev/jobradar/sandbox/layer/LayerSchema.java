package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definitions of one layer by name: those of ours, but for what differs. Immutable. */
final class LayerSchema {
  private final int layer;
  private final Schema ours;
  private final Map<String, Definition> constructors;
  private final Map<String, Definition> functions;
  private final Set<String> absent;

  private LayerSchema(
      int layer,
      Schema ours,
      Map<String, Definition> constructors,
      Map<String, Definition> functions,
      Set<String> absent) {
    this.layer = layer;
    this.ours = ours;
    this.constructors = constructors;
    this.functions = functions;
    this.absent = absent;
  }

  /** Our layer. */
  static LayerSchema of(Schema ours) {
    return new LayerSchema(ours.layer().orElseThrow(), ours, Map.of(), Map.of(), Set.of());
  }

  /** The layer that differs from this one by a stored file. */
  LayerSchema older(StoredLayer stored) {
    Map<String, Definition> olderConstructors = new HashMap<>(constructors);
    Map<String, Definition> olderFunctions = new HashMap<>(functions);
    Set<String> olderAbsent = new HashSet<>(absent);
    for (Definition definition : stored.schema().definitions()) {
      boolean function = definition.kind() == Definition.Kind.FUNCTION;
      (function ? olderFunctions : olderConstructors).put(definition.name(), definition);
    }
    olderAbsent.addAll(stored.absent());
    return new LayerSchema(stored.layer(), ours, olderConstructors, olderFunctions, olderAbsent);
  }

  int layer() {
    return layer;
  }

  /** The constructor of a name; null if this layer has none. */
  @Nullable Definition constructor(String name) {
    if (absent.contains(name)) {
      return null;
    }
    Definition other = constructors.get(name);
    return other == null ? ours.constructor(name) : other;
  }

  /** The function of a name; null if neither this layer nor ours has one. */
  @Nullable Definition function(String name) {
    Definition other = functions.get(name);
    return other == null ? ours.function(name) : other;
  }

  /** The constructors of a type that has them in our layer too. */
  List<Definition> constructorsOf(String type) {
    return ours.constructorsOf(type).stream()
        .map(definition -> constructor(definition.name()))
        .filter(Objects::nonNull)
        .filter(definition -> definition.result().text().equals(type))
        .toList();
  }
}
