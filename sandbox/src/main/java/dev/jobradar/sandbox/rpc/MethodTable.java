package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.tl.TlMethod;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which method is answered by what. Filled once, then only read. */
final class MethodTable {

  private final Map<Class<?>, Entry<?>> entries = new HashMap<>();

  /** Who may call a method. */
  private enum Access {
    /** Anybody, at any data centre. */
    OPEN,
    /** An account that has signed in, at any data centre. */
    ANYWHERE,
    /** An account that has signed in, at its home data centre. */
    HOME
  }

  private record Entry<M extends TlMethod<?>>(Class<M> type, Access access, Handler<M, ?> handler) {

    Object answer(TlMethod<?> call, Caller caller) {
      switch (access) {
        case OPEN -> {}
        case ANYWHERE -> caller.me();
        case HOME -> caller.requireHome();
      }
      return handler.answer(type.cast(call), caller);
    }
  }

  /** A method that needs no sign-in. */
  <R, M extends TlMethod<R>> void open(Class<M> type, Handler<M, ? extends R> handler) {
    entries.put(type, new Entry<>(type, Access.OPEN, handler));
  }

  /** A method for accounts, at whatever data centre they have authorised. */
  <R, M extends TlMethod<R>> void anywhere(Class<M> type, Handler<M, ? extends R> handler) {
    entries.put(type, new Entry<>(type, Access.ANYWHERE, handler));
  }

  /** A method for accounts at their home data centre; another answers USER_MIGRATE_X. */
  <R, M extends TlMethod<R>> void signedIn(Class<M> type, Handler<M, ? extends R> handler) {
    entries.put(type, new Entry<>(type, Access.HOME, handler));
  }

  /** A method that answers everybody with the same error. */
  <R, M extends TlMethod<R>> void refused(Class<M> type, String error) {
    Handler<M, R> handler =
        (call, caller) -> {
          throw RpcErrorException.badRequest(error);
        };
    open(type, handler);
  }

  /** The methods that are answered, if only with an error. */
  Set<Class<?>> types() {
    return Set.copyOf(entries.keySet());
  }

  /**
   * Answers a call.
   *
   * @throws RpcErrorException with the error to answer instead
   */
  Object answer(TlMethod<?> call, Caller caller) {
    Entry<?> entry = entries.get(call.getClass());
    if (entry == null) {
      // It is in the schema, but nobody has needed it here yet.
      throw RpcErrorException.badRequest("METHOD_INVALID");
    }
    return entry.answer(call, caller);
  }
}
