package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.users.Users;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;

/** Sign-ins for tests of other packages. */
public final class TestSignIn {
  private final TestDatabase database;
  private final InstantSource clock;
  private final Devices devices;
  private final SignInFlow flow;

  public TestSignIn(
      TestDatabase database,
      Vault vault,
      Users users,
      Accounts accounts,
      FloodWaits floodWaits,
      TelegramSignIns telegram,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.database = database;
    this.clock = clock;
    devices = new Devices(database.client(), vault, clock);
    OneTimeCodes codes = new OneTimeCodes(database.client(), vault, clock);
    AttemptCounts counts = new AttemptCounts(database.client(), database.transactions(), vault);
    flow =
        new SignInFlow(
            users,
            accounts,
            telegram,
            new OneTimeCodeSender(accounts, users, codes, floodWaits),
            codes,
            new SignInCounter(counts, users, clock),
            events);
  }

  public SignInFlow flow() {
    return flow;
  }

  public Devices devices() {
    return devices;
  }

  /** Whether the user has a one-time code that is still good. */
  public boolean hasCode(UserId user) {
    return database
            .client()
            .sql("select count(*) from login_codes where user_id = ? and expires_at > ?")
            .params(user.value(), clock.millis())
            .query(Long.class)
            .single()
        > 0;
  }
}
