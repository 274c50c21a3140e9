package dev.jobradar.server.faults;

import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.server.storage.KeyRotation;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import java.util.List;
import java.util.Objects;

/** A user who is signed in and has a running task, as the service would have stored them. */
public final class ReadyUser {
  private ReadyUser() {}

  /**
   * Stores one, whose task wants every post with the word вакансия.
   *
   * @param channels its sources
   */
  public static UserId store(
      TestDatabase database, Vault vault, ReadyAccount account, List<String> channels) {
    long id =
        database
            .client()
            .sql(
                "insert into users (telegram_user_id, phone, plan, created_at, updated_at)"
                    + " values (?, ?, 'business', 0, 0) returning id")
            .params(account.user().value(), account.phone())
            .query(Long.class)
            .single();
    database
        .client()
        .sql("insert into telegram_sessions (user_id, sealed, updated_at) values (?, ?, 0)")
        .params(id, vault.seal(account.session(), KeyRotation.sessionContext(id)))
        .update();
    long task =
        database
            .client()
            .sql(
                "insert into tasks (user_id, name, status, include_keywords, exclude_keywords,"
                    + " merge_reposts, created_at, updated_at)"
                    + " values (?, 'all', 'running', '[\"вакансия\"]', '[]', ?, 0, 0) returning id")
            .params(id, false)
            .query(Long.class)
            .single();
    for (int place = 0; place < channels.size(); place++) {
      database
          .client()
          .sql("insert into sources (task_id, name, place, updated_at) values (?, ?, ?, 0)")
          .params(task, channels.get(place), place)
          .update();
    }
    return new UserId(id);
  }

  /**
   * Names of channels.
   *
   * @param joined whether the account is to be a member
   */
  public static List<String> channels(
      Sandbox sandbox, ReadyAccount account, boolean joined, int count) {
    return sandbox.world().channels().stream()
        .filter(channel -> channel.username() != null)
        .filter(channel -> sandbox.world().joined(account.user(), channel.id()) == joined)
        .map(ChannelInfo::username)
        .map(Objects::requireNonNull)
        .limit(count)
        .toList();
  }
}
