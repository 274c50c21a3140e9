package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlException.Reason;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.schema.TypeRef;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layers that the sandbox speaks: ours and those stored, which are read when somebody comes who
 * speaks them. Safe for use by many threads.
 */
public final class Layers {
  private static final Logger LOG = LoggerFactory.getLogger(Layers.class);

  private final LayerCodec ours = new CurrentLayer();
  private final Set<Integer> noted = ConcurrentHashMap.newKeySet();

  /** What writes for our own layer. */
  public LayerCodec ours() {
    return ours;
  }

  /**
   * Refuses a message with a constructor for which the older layers are not known.
   *
   * @throws IllegalArgumentException with its name
   */
  public static void requireSendable(TypeMessage message) {
    StoredLayers stored = StoredLayers.get();
    Value value =
        new ValueReader(stored::byId)
            .read(new TypeRef.Boxed("Message"), new TlReader(message.toByteArray()));
    requireSendable(value, stored);
  }

  private static void requireSendable(Value value, StoredLayers stored) {
    switch (value) {
      case Node(var definition, var fields) -> {
        if (!stored.isSent(definition.name())) {
          throw new IllegalArgumentException(
              definition.name() + " is not among what the sandbox sends");
        }
        fields.values().forEach(field -> requireSendable(field, stored));
      }
      case Value.VectorValue(var elements) ->
          elements.forEach(element -> requireSendable(element, stored));
      default -> {
        // Numbers and texts are the same in all layers.
      }
    }
  }

  /** The oldest layer that is served. */
  public int oldest() {
    return StoredLayers.get().oldest();
  }

  /**
   * What writes for a client's layer.
   *
   * @throws LayerTooOldException if it is older than {@link #oldest}
   */
  public LayerCodec forLayer(int layer) {
    if (layer == ApiSchema.LAYER) {
      return ours;
    }
    if (layer > ApiSchema.LAYER) {
      if (noted.add(layer)) {
        LOG.warn("a client speaks layer {}, it is served as {}", layer, ApiSchema.LAYER);
      }
      return ours;
    }
    LayerCodec older = StoredLayers.get().forLayer(layer);
    if (older == null) {
      throw new LayerTooOldException(layer, oldest());
    }
    return older;
  }

  /**
   * Reads a query of any layer, with its wrappers and also out of gzip_packed.
   *
   * @param offset where it begins in the array, which it must fill to its end
   * @return the query in our layer
   * @throws TlException if it is none, with reason {@code UNKNOWN_CONSTRUCTOR} if a function or a
   *     constructor in it is not known
   */
  public TlMethod<?> readRequest(byte[] query, int offset) {
    try {
      return readOurs(query, offset);
    } catch (TlException e) {
      if (e.reason() != Reason.UNKNOWN_CONSTRUCTOR) {
        throw e;
      }
    }
    return readOlder(query, offset);
  }

  private static TlMethod<?> readOlder(byte[] query, int offset) {
    StoredLayers stored = StoredLayers.get();
    TlReader reader = new TlReader(query, offset, query.length, TlLimits.DEFAULT);
    Node call = new ValueReader(stored::byId).readFunction(reader);
    reader.expectEnd();
    LayerSchema ours = stored.ours();
    Node converted =
        new Converter(ours, name -> true, node -> StructuralChanges.toOurs(node, ours))
            .convertFunction(call);
    if (converted == null) {
      throw new TlException(
          Reason.UNKNOWN_CONSTRUCTOR,
          "layer %d has nothing like %s".formatted(ours.layer(), call.definition().name()));
    }
    return readOurs(ValueWriter.bytes(converted), 0);
  }

  private static TlMethod<?> readOurs(byte[] query, int offset) {
    TlReader reader = new TlReader(query, offset, query.length, TlLimits.DEFAULT);
    TlMethod<?> call = ApiSchema.readMethod(reader);
    reader.expectEnd();
    return call;
  }
}
