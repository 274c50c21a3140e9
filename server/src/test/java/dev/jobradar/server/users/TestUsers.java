package dev.jobradar.server.users;

import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import java.time.InstantSource;

/** Makes {@link Users} for tests of other packages. */
public final class TestUsers {
  private TestUsers() {}

  public static Users create(TestDatabase database, InstantSource clock) {
    return new Users(database.client(), Vault.create(), clock);
  }
}
