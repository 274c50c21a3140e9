package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.SchemaText;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlException.Reason;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layers that the sandbox speaks: ours and those stored. Safe for use by many threads. */
public final class Layers {
  private static final Logger LOG = LoggerFactory.getLogger(Layers.class);

  private final Map<Integer, Definition> byId = new HashMap<>();
  private final NavigableMap<Integer, LayerCodec> codecs = new TreeMap<>();
  private final View ours;
  private final Set<Integer> noted = ConcurrentHashMap.newKeySet();

  private Layers(Schema schema, List<StoredLayer> stored) {
    ours = View.of(schema);
    codecs.put(ours.layer(), new OurLayer());
    schema.definitions().forEach(definition -> byId.put(definition.id(), definition));
    Set<String> sent = StoredLayer.sentNames();
    View view = ours;
    for (StoredLayer layer : stored) {
      view = view.older(layer);
      codecs.put(view.layer(), new OlderLayer(view, schema, sent));
      // Two definitions of one id differ in fields of type true: the newer knows them all.
      layer.schema().definitions().forEach(each -> byId.putIfAbsent(each.id(), each));
    }
  }

  /** Reads the schemas: some 100 ms, once per data centre or process. */
  public static Layers load() {
    Schema schema = SchemaParser.parse("api.tl", SchemaText.api());
    return new Layers(schema, StoredLayer.all(ApiSchema.LAYER));
  }

  /** The oldest layer that is served. */
  public int oldest() {
    return codecs.firstKey();
  }

  /**
   * What writes for a client's layer.
   *
   * @throws LayerTooOldException if it is older than {@link #oldest}
   */
  public LayerCodec forLayer(int layer) {
    if (layer > ours.layer() && noted.add(layer)) {
      LOG.warn("a client speaks layer {}, it is served as {}", layer, ours.layer());
    }
    Map.Entry<Integer, LayerCodec> found = codecs.floorEntry(layer);
    if (found == null) {
      throw new LayerTooOldException(layer, oldest());
    }
    return found.getValue();
  }

  /**
   * Reads a query of any layer, with its wrappers and also out of gzip_packed.
   *
   * @return the query in our layer
   * @throws TlException if it is none, with reason {@code UNKNOWN_CONSTRUCTOR} if a function or a
   *     constructor in it is not known
   */
  public TlMethod<?> readRequest(byte[] query) {
    try {
      return readAll(query);
    } catch (TlException e) {
      if (e.reason() != Reason.UNKNOWN_CONSTRUCTOR) {
        throw e;
      }
    }
    TlReader reader = new TlReader(query);
    Node call = new ValueReader(byId::get).readFunction(reader);
    reader.expectEnd();
    Node converted =
        new Converter(ours, name -> true, node -> Rules.toOurs(node, ours)).convertFunction(call);
    if (converted == null) {
      throw new TlException(
          Reason.UNKNOWN_CONSTRUCTOR,
          "layer %d has nothing like %s".formatted(ours.layer(), call.definition().name()));
    }
    return readAll(ValueWriter.bytes(converted));
  }

  private static TlMethod<?> readAll(byte[] query) {
    TlReader reader = new TlReader(query);
    TlMethod<?> call = ApiSchema.readMethod(reader);
    reader.expectEnd();
    return call;
  }
}
