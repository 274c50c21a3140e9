package dev.jobradar.sandbox.rpc;

import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;

/** The layer that the generated types are of. */
final class OwnLayer implements Layer {

  @Override
  public TlMethod<?> readMethod(byte[] query, int offset) {
    TlReader reader = new TlReader(query, offset, query.length, TlLimits.DEFAULT);
    TlMethod<?> method = ApiSchema.readMethod(reader);
    reader.expectEnd();
    return method;
  }

  @Override
  public byte[] write(TlMethod<?> method, Object result) {
    return Answers.write(result);
  }

  @Override
  public byte[] write(TlObject object) {
    return object.toByteArray();
  }
}
