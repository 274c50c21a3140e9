package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.SchemaText;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The older layers, ready for use, and our own schema to carry values over to. Immutable. */
final class StoredLayers {
  private final Map<Integer, Definition> byId = new HashMap<>();
  private final NavigableMap<Integer, LayerCodec> codecs = new TreeMap<>();
  private final LayerSchema ours;
  private final Set<String> sent;

  private StoredLayers() {
    Schema schema = SchemaParser.parse("api.tl", SchemaText.api());
    schema.definitions().forEach(definition -> byId.put(definition.id(), definition));
    ours = LayerSchema.of(schema);
    sent = Set.copyOf(StoredLayer.sentNames());
    LayerSchema view = ours;
    for (StoredLayer layer : StoredLayer.all(ApiSchema.LAYER)) {
      view = view.older(layer);
      codecs.put(view.layer(), new OlderLayer(view, schema, sent));
      // Two definitions of one id differ in fields of type true: the newer knows them all.
      layer.schema().definitions().forEach(each -> byId.putIfAbsent(each.id(), each));
    }
  }

  /** Read when the first client of another layer comes: it takes some 100 ms. */
  static StoredLayers get() {
    return Holder.INSTANCE;
  }

  private static final class Holder {
    private static final StoredLayers INSTANCE = new StoredLayers();
  }

  /** Our layer, whose schema is all there. */
  LayerSchema ours() {
    return ours;
  }

  /** Whether a constructor is among those that are sent. */
  boolean isSent(String constructor) {
    return sent.contains(constructor);
  }

  /** The definition of an id in any layer; null if there is none. */
  @Nullable Definition byId(int id) {
    return byId.get(id);
  }

  int oldest() {
    return codecs.firstKey();
  }

  /** What writes for a layer before ours; null if it is older than all that are stored. */
  @Nullable LayerCodec forLayer(int layer) {
    Map.Entry<Integer, LayerCodec> found = codecs.floorEntry(layer);
    return found == null ? null : found.getValue();
  }
}
