package dev.jobradar.mtproto.client;

import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.api.method.InvokeWithoutUpdates;

/** Names of methods, for errors. */
final class MethodNames {
  private MethodNames() {}

  /** The TL name of the called method, without the usual wrappers. */
  static String nameOf(TlObject method) {
    return switch (method) {
      case InvokeWithLayer<?> wrapper -> nameOf(wrapper.query());
      case InitConnection<?> wrapper -> nameOf(wrapper.query());
      case InvokeWithoutUpdates<?> wrapper -> nameOf(wrapper.query());
      default -> {
        String name = ApiSchema.nameOf(method.constructorId());
        yield name == null ? method.getClass().getSimpleName() : name;
      }
    };
  }
}
