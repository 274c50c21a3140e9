package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.Slice;
import java.util.concurrent.CompletableFuture;

/** A query whose caller waits for the answer. */
final class PendingCall extends Query {
  /** Completed outside locks only. */
  final CompletableFuture<Slice> answer = new CompletableFuture<>();

  PendingCall(String method, byte[] body, boolean repeatable) {
    super(method, body, repeatable);
  }
}
