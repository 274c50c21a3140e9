package dev.jobradar.tl;

/** A value of a TL constructor, or a call of a TL function. Immutable. */
public interface TlObject {

  /** The id that stands before the fields. */
  int constructorId();

  /** Writes the fields without the id: the bare form. */
  void writeFields(TlWriter writer);

  /** Writes id and fields: the boxed form. */
  default void writeTo(TlWriter writer) {
    writer.writeInt(constructorId());
    writeFields(writer);
  }

  /** The boxed form as bytes. */
  default byte[] toByteArray() {
    TlWriter writer = new TlWriter();
    writeTo(writer);
    return writer.toByteArray();
  }
}
