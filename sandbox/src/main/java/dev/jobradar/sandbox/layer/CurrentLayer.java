package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdates;
import java.util.List;
import java.util.Optional;

/** Our own layer: written as it is. */
final class CurrentLayer implements LayerCodec {

  @Override
  public int layer() {
    return ApiSchema.LAYER;
  }

  @Override
  public byte[] writeResult(TlMethod<?> method, Object result) {
    return bytes(result);
  }

  @Override
  public Optional<byte[]> writeMessage(TypeMessage message) {
    return Optional.of(message.toByteArray());
  }

  @Override
  public Optional<byte[]> writeUpdates(TypeUpdates updates) {
    return Optional.of(updates.toByteArray());
  }

  /** The boxed bytes of whatever a function can result in. */
  static byte[] bytes(Object result) {
    TlWriter writer = new TlWriter();
    write(writer, result);
    return writer.toByteArray();
  }

  private static void write(TlWriter writer, Object value) {
    switch (value) {
      case TlObject object -> object.writeTo(writer);
      case Boolean bool -> writer.writeBool(bool);
      case Integer number -> writer.writeInt(number);
      case Long number -> writer.writeLong(number);
      case Double number -> writer.writeDouble(number);
      case String string -> writer.writeString(string);
      case Bytes bytes -> writer.writeBytes(bytes);
      case List<?> list -> writer.writeVector(list, CurrentLayer::write);
      default -> throw new IllegalArgumentException("no result of TL: " + value.getClass());
    }
  }
}
