package dev.jobradar.sandbox.net;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Answers each query with itself, unless it is told to do something else. */
final class EchoService implements RpcService {
  final Map<KeyId, UserId> accounts = new ConcurrentHashMap<>();
  final List<ClientLink> links = new CopyOnWriteArrayList<>();

  /** What happened, in words. */
  final List<String> log = new CopyOnWriteArrayList<>();

  /** What is done with a query. */
  volatile BiConsumer<ClientLink, RpcCall> behaviour = (link, call) -> call.answer(call.query());

  @Override
  public RpcSession open(ClientLink link) {
    links.add(link);
    return new RpcSession() {
      @Override
      public void execute(RpcCall call) {
        log.add("executed " + call.query()[0]);
        behaviour.accept(link, call);
      }

      @Override
      public void updatesDropped() {
        log.add("updates dropped");
      }

      @Override
      public void ended() {
        log.add("ended");
      }
    };
  }

  @Override
  public Optional<UserId> account(KeyId key) {
    return Optional.ofNullable(accounts.get(key));
  }

  @Override
  public void endSignIn(KeyId key, int code, String error) {
    accounts.remove(key);
    behaviour = (link, call) -> call.fail(code, error);
    log.add("ended by " + code + " " + error);
  }

  @Override
  public void keyDestroyed(KeyId key) {
    log.add("key destroyed");
  }
}
