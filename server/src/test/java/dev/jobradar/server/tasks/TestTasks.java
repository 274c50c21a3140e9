package dev.jobradar.server.tasks;

import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.users.TestUsers;
import dev.jobradar.server.users.Users;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** Makes {@link Tasks} for tests of other packages. */
public final class TestTasks {
  private TestTasks() {}

  public static Tasks create(
      TestDatabase database, ApplicationEventPublisher events, InstantSource clock) {
    return create(database, TestUsers.create(database, clock), events, clock);
  }

  /** With these users, who are asked by others too. */
  public static Tasks create(
      TestDatabase database, Users users, ApplicationEventPublisher events, InstantSource clock) {
    return new Tasks(
        database.client(), database.template(), database.transactions(), users, events, clock);
  }
}
