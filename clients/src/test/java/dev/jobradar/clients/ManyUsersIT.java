package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of users, several callers each, all at once. {@code benchmarks/run users} does it with
 * ten thousand and a sandbox in a process of its own.
 */
@Timeout(240)
class ManyUsersIT {
  private static final int CALLERS = 3;

  private final int count = Integer.getInteger("many.users", 2_000);

  @Test
  void as_many_connections_as_users_and_never_two_of_one() throws Exception {
    try (SandboxWorld world = new SandboxWorld()) {
      List<UserId> users = world.users(count);
      AtomicInteger made = new AtomicInteger();
      Connector connector = world.connector();
      Connector counting =
          (user, session, listener, paced) -> {
            made.incrementAndGet();
            return connector.make(user, session, listener, paced);
          };
      Queue<ClientResult> others = new ConcurrentLinkedQueue<>();
      AtomicInteger connected = new AtomicInteger();
      try (UserClients clients =
          new UserClients(
              world.store,
              counting,
              UserClientsOptions.builder().closeTimeout(Duration.ofSeconds(60)).build(),
              ClientHook.NONE,
              UserClientsListener.NONE)) {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        for (UserId user : users) {
          for (int i = 0; i < CALLERS; i++) {
            callers.add(
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        go.await();
                        ClientResult answer = clients.get(user, Duration.ofMinutes(3));
                        if (answer instanceof ClientResult.Connected) {
                          connected.incrementAndGet();
                        } else {
                          others.add(answer);
                        }
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
          }
        }
        go.countDown();
        for (Thread caller : callers) {
          assertThat(caller.join(Duration.ofMinutes(3))).isTrue();
        }
        assertThat(others).isEmpty();
        assertThat(connected).hasValue(CALLERS * count);
        assertThat(made).hasValue(count);
        Eventually.await("a connection each", () -> world.sandbox.stats().connections() == count);
      }
      world.assertNeverTwo();
      // On a busy machine the server notices later than the client gives up waiting for it.
      Eventually.await("no connection", () -> world.sandbox.stats().connections() == 0);
    }
  }
}
