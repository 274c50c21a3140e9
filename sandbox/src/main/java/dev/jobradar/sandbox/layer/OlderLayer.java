package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.TypeRef;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An older layer: outgoing values are read by our definitions and written by its own. */
final class OlderLayer implements LayerCodec {
  private final LayerSchema view;
  private final Schema ours;
  private final ValueReader reader;
  private final Converter converter;

  /**
   * The codec of a layer.
   *
   * @param sent constructors for which the layer's definitions are known
   */
  OlderLayer(LayerSchema view, Schema ours, Set<String> sent) {
    this.view = view;
    this.ours = ours;
    this.reader = new ValueReader(ours::byId);
    this.converter =
        new Converter(
            view, Set.copyOf(sent)::contains, node -> StructuralChanges.toOlder(node, view));
  }

  @Override
  public int layer() {
    return view.layer();
  }

  @Override
  public byte[] writeResult(TlMethod<?> method, Object result) {
    Definition mine = Objects.requireNonNull(ours.byId(method.constructorId()));
    Definition theirs = Objects.requireNonNull(view.function(mine.name()));
    if (mine.result() instanceof TypeRef.Variable) {
      throw new IllegalArgumentException(mine.name() + " is a wrapper, expected what it wraps");
    }
    byte[] converted = converted(CurrentLayer.bytes(result), mine.result(), theirs.result());
    if (converted == null) {
      throw new LayerException(
          "layer %d: the result of %s cannot be written as %s"
              .formatted(view.layer(), mine.name(), theirs.result().text()));
    }
    return converted;
  }

  @Override
  public Optional<byte[]> writeMessage(TypeMessage message) {
    TypeRef type = new TypeRef.Boxed("Message");
    return Optional.ofNullable(converted(message.toByteArray(), type, type));
  }

  @Override
  public Optional<byte[]> writeUpdates(TypeUpdates updates) {
    TypeRef type = new TypeRef.Boxed("Updates");
    return Optional.ofNullable(converted(updates.toByteArray(), type, type));
  }

  private byte @Nullable [] converted(byte[] bytes, TypeRef mine, TypeRef theirs) {
    Value converted = converter.convert(reader.read(mine, new TlReader(bytes)), theirs);
    return converted == null ? null : ValueWriter.bytes(converted);
  }
}
