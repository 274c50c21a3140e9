package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.Slice;
import java.util.concurrent.CompletableFuture;

/** A query with somebody who waits for its answer. */
final class Call extends Query {
  /** Completed outside of locks only. */
  final CompletableFuture<Slice> answer = new CompletableFuture<>();

  Call(String method, byte[] body, boolean repeatable) {
    super(method, body, repeatable);
  }
}
