package dev.jobradar.sandbox.rpc;

import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlWriter;
import java.util.List;

/** Results of methods as TL. */
final class Answers {

  private Answers() {}

  /**
   * The boxed form of a result: a TL object, a {@code Boolean}, or a list of objects, {@code
   * Integer}s or {@code Long}s.
   */
  static byte[] write(Object result) {
    TlWriter writer = new TlWriter();
    switch (result) {
      case TlObject object -> object.writeTo(writer);
      case Boolean bool -> writer.writeBool(bool);
      case List<?> list -> writer.writeVector(list, Answers::writeElement);
      default -> throw new IllegalArgumentException("no result of a method: " + result.getClass());
    }
    return writer.toByteArray();
  }

  private static void writeElement(TlWriter writer, Object element) {
    switch (element) {
      case TlObject object -> object.writeTo(writer);
      case Integer number -> writer.writeInt(number);
      case Long number -> writer.writeLong(number);
      default -> throw new IllegalArgumentException("no element: " + element.getClass());
    }
  }
}
