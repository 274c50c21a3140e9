package dev.jobradar.server.channels;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.ChannelRef;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.account.SourceChannel;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.account.WatchMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The channels that users' accounts know, as they are stored; and the one way to ask Telegram for
 * an unknown name. Thread-safe.
 */
@Repository
public class ChannelDirectory {
  private static final String ACCOUNT_MOVED =
      """
      insert into account_positions (user_id, position)
      values (?, ?)
      on conflict (user_id) do update set position = excluded.position
      """;

  private final JdbcClient db;
  private final JdbcOperations batches;
  private final TransactionTemplate transactions;
  private final Accounts accounts;
  private final List<ChannelNameListener> listeners;
  private final InstantSource clock;

  public ChannelDirectory(
      JdbcClient db,
      JdbcOperations batches,
      TransactionTemplate transactions,
      Accounts accounts,
      List<ChannelNameListener> listeners,
      InstantSource clock) {
    this.db = db;
    this.batches = batches;
    this.transactions = transactions;
    this.accounts = accounts;
    this.listeners = List.copyOf(listeners);
    this.clock = clock;
  }

  // --- names ---------------------------------------------------------------------------------

  /** What a name means to the user's account, if that was ever asked for. */
  public Optional<KnownChannel> known(UserId user, ChannelName name) {
    return db.sql("select * from user_channels where user_id = ? and name = ?")
        .params(user.value(), name.value())
        .query(ChannelDirectory::row)
        .optional();
  }

  /** All that the user's account knows, in the order of names. */
  public List<KnownChannel> known(UserId user) {
    return db.sql("select * from user_channels where user_id = ? order by name")
        .param(user.value())
        .query(ChannelDirectory::row)
        .list();
  }

  /** The names under which the user's account knows a channel: one, or more after a renaming. */
  public List<KnownChannel> named(UserId user, long channelId) {
    return db.sql("select * from user_channels where user_id = ? and channel_id = ? order by name")
        .params(user.value(), channelId)
        .query(ChannelDirectory::row)
        .list();
  }

  /** What a name means, from memory or else by asking Telegram. */
  public KnownChannel find(UserId user, ChannelName name) throws InterruptedException {
    Optional<KnownChannel> known = known(user, name);
    return known.isPresent() ? known.get() : resolve(user, name);
  }

  /**
   * Asks Telegram what a name means and remembers the answer.
   *
   * @throws AccountException.FloodWait also without asking, as {@link Accounts} has it
   * @throws AccountException.NoSuchName when there is no channel of that name
   */
  public KnownChannel resolve(UserId user, ChannelName name) throws InterruptedException {
    if (!name.isPublic()) {
      throw new AccountException.NoSuchName(false, null);
    }
    SourceChannel found = accounts.resolve(user, name.value());
    store(user, name, found);
    return known(user, name).orElseThrow();
  }

  /** A name may have passed to another channel: the one before goes on without a name. */
  private void store(UserId user, ChannelName name, SourceChannel found) {
    transactions.executeWithoutResult(status -> {
      release(user, name, found);
      listeners.forEach(each -> each.channelsChanged(user));
      // Another name of the same channel may have been read already.
      String position =
          named(user, found.channel().id()).stream()
              .map(KnownChannel::position)
              .filter(p -> p != null)
              .findFirst()
              .orElse(null);
      db.sql(
              """
              insert into user_channels (user_id, name, channel_id, access_hash, title,
                kind, members, joined, protected, position, resolved_at)
              values (:user, :name, :channel, :hash, :title, :kind, :members, :joined,
                :protected, :position, :now)
              on conflict (user_id, name) do update set channel_id = excluded.channel_id,
                access_hash = excluded.access_hash, title = excluded.title,
                kind = excluded.kind, members = excluded.members, joined = excluded.joined,
                protected = excluded.protected, position = excluded.position,
                resolved_at = excluded.resolved_at
              """)
          .param("user", user.value())
          .param("name", name.value())
          .param("channel", found.channel().id())
          .param("hash", found.channel().accessHash())
          .param("title", found.title())
          .param("kind", found.broadcast() ? "broadcast" : "group")
          .param("members", found.members())
          .param("joined", found.joined())
          .param("protected", found.isProtected())
          .param("position", position)
          .param("now", clock.millis())
          .update();
      // Under an older name it may be known as well.
      follow(user, found, name);
    });
  }

  /**
   * Takes how Telegram describes a channel now: title, names, whether it forbids copies. A channel
   * is told by its id; when it has lost the name that it is known by, it is known by its new one.
   *
   * @return whether anything has changed that a person sees
   */
  public boolean described(UserId user, SourceChannel now) {
    List<KnownChannel> known = named(user, now.channel().id());
    if (known.stream().allMatch(each -> isLike(each, now))) {
      return false;
    }
    transactions.executeWithoutResult(status -> {
      db.sql(
              """
              update user_channels
              set title = :title, kind = :kind, protected = :protected
              where user_id = :user and channel_id = :channel
              """)
          .param("title", now.title())
          .param("kind", now.broadcast() ? "broadcast" : "group")
          .param("protected", now.isProtected())
          .param("user", user.value())
          .param("channel", now.channel().id())
          .update();
      follow(user, now, null);
      listeners.forEach(each -> each.channelsChanged(user));
    });
    return true;
  }

  private static boolean isLike(KnownChannel known, SourceChannel now) {
    return known.title().equals(now.title())
        && known.broadcast() == now.broadcast()
        && known.isProtected() == now.isProtected()
        && hasName(now, known.name());
  }

  private static boolean hasName(SourceChannel channel, ChannelName name) {
    return name.isPublic()
        ? channel.names().stream().anyMatch(name.value()::equalsIgnoreCase)
        : channel.names().isEmpty();
  }

  /**
   * Gives a channel the name of today wherever it is known by one that it has lost.
   *
   * @param proven a name that it has for certain; null for none
   */
  private void follow(UserId user, SourceChannel now, @Nullable ChannelName proven) {
    long id = now.channel().id();
    for (KnownChannel each : named(user, id)) {
      if (!each.name().equals(proven) && !hasName(now, each.name())) {
        ChannelName to = proven != null ? proven : nameOf(now);
        if (!to.equals(each.name())) {
          release(user, to, now);
          rename(user, each, to, null);
        }
      }
    }
  }

  private static ChannelName nameOf(SourceChannel channel) {
    return channel.names().stream()
        .flatMap(name -> ChannelName.ofTelegram(name).stream())
        .findFirst()
        .orElseGet(() -> ChannelName.unnamed(channel.channel().id()));
  }

  /** Another channel has this name now; the one that had it goes on being read by its id. */
  private void release(UserId user, ChannelName name, SourceChannel owner) {
    known(user, name)
        .filter(before -> before.channel().id() != owner.channel().id())
        .ifPresent(before ->
            rename(user, before, ChannelName.unnamed(before.channel().id()), owner.title()));
  }

  private void rename(UserId user, KnownChannel before, ChannelName to, @Nullable String takenBy) {
    ChannelName from = before.name();
    if (known(user, to).isPresent()) {
      // The same channel under two names.
      db.sql("delete from user_channels where user_id = ? and name = ?")
          .params(user.value(), from.value())
          .update();
    } else {
      db.sql("update user_channels set name = ? where user_id = ? and name = ?")
          .params(to.value(), user.value(), from.value())
          .update();
    }
    KnownChannel.Former former = before.former();
    if (former != null && former.name().equals(to)) {
      former(user, to, null, null, false);
    } else if (from.isPublic()) {
      former(user, to, from, takenBy, takenBy != null);
    }
    listeners.forEach(listener -> listener.renamed(user, from, to));
  }

  private void former(
      UserId user,
      ChannelName name,
      @Nullable ChannelName former,
      @Nullable String takenBy,
      boolean checked) {
    db.sql(
            """
            update user_channels
            set former_name = :former, former_taken_by = :taken, former_checked = :checked,
              renamed_at = :now
            where user_id = :user and name = :name
            """)
        .param("former", former == null ? null : former.value())
        .param("taken", takenBy)
        .param("checked", checked)
        .param("now", clock.millis())
        .param("user", user.value())
        .param("name", name.value())
        .update();
  }

  /**
   * Asks Telegram, once for each renaming, who has the channel's former name now, so that the
   * person can be told.
   *
   * @return whether another channel has it
   */
  public boolean checkFormerName(UserId user, KnownChannel channel) throws InterruptedException {
    KnownChannel.Former former = channel.former();
    if (former == null || former.checked()) {
      return false;
    }
    String takenBy = null;
    try {
      SourceChannel owner = accounts.resolve(user, former.name().value());
      takenBy = owner.channel().id() == channel.channel().id() ? null : owner.title();
    } catch (AccountException.NoSuchName | AccountException.Refused nobody) {
      // Nobody, or a person, or a channel that this account may not see.
    }
    db.sql(
            """
            update user_channels
            set former_taken_by = :taken, former_checked = true
            where user_id = :user and name = :name and former_name = :former
            """)
        .param("taken", takenBy)
        .param("user", user.value())
        .param("name", channel.name().value())
        .param("former", former.name().value())
        .update();
    return takenBy != null;
  }

  // --- positions -----------------------------------------------------------------------------

  /**
   * Stores how far a channel was read. A position that is before the stored one changes nothing:
   * positions never go back.
   *
   * @return whether it was stored
   */
  public boolean moved(UserId user, long channelId, String position) {
    List<KnownChannel> names = named(user, channelId);
    boolean stale =
        names.stream()
            .map(KnownChannel::position)
            .anyMatch(stored -> stored != null && WatchList.isBefore(position, stored));
    if (stale || names.isEmpty()) {
      return false;
    }
    db.sql("update user_channels set position = ? where user_id = ? and channel_id = ?")
        .params(position, user.value(), channelId)
        .update();
    return true;
  }

  /**
   * A channel that was read further, with nothing else to note of it.
   *
   * @param from its stored position
   * @param position how far it was read since
   */
  public record Progress(UserId user, long channelId, String from, String position) {}

  /**
   * Stores for many channels how far they were read. One whose stored position is another one than
   * it was stays as it is: it was read further, or its position was forgotten.
   *
   * @return those
   */
  public List<Progress> moved(List<Progress> progress) {
    int[][] rows =
        batches.batchUpdate(
            """
            update user_channels
            set position = ?
            where user_id = ? and channel_id = ? and position = ?
            """,
            progress,
            Math.max(1, progress.size()),
            (statement, each) -> {
              statement.setString(1, each.position());
              statement.setLong(2, each.user().value());
              statement.setLong(3, each.channelId());
              statement.setString(4, each.from());
            });
    int[] counts = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    return IntStream.range(0, counts.length)
        .filter(i -> counts[i] == 0)
        .mapToObj(progress::get)
        .toList();
  }

  /** Stores for many accounts how far their common updates were handled. */
  public void accountsMoved(Map<UserId, String> positions) {
    batches.batchUpdate(
        ACCOUNT_MOVED,
        positions.entrySet(),
        Math.max(1, positions.size()),
        (statement, each) -> {
          statement.setLong(1, each.getKey().value());
          statement.setString(2, each.getValue());
        });
  }

  /**
   * Stores how far a channel was read and that posts before that place can never be read.
   *
   * @return whether it was stored: it is not when the channel was read further already
   */
  public boolean passedOver(UserId user, long channelId, SkippedPosts posts, String position) {
    return transactions.execute(status -> {
      boolean stored = moved(user, channelId, position);
      if (stored) {
        db.sql(
                """
                update user_channels
                set passed_over = passed_over + ?, passed_over_last = ?
                where user_id = ? and channel_id = ?
                """)
            .params(posts.count(), posts.toId(), user.value(), channelId)
            .update();
      }
      return stored;
    });
  }

  /** How a channel's posts come from now on, which also tells whether the user has joined it. */
  public void feed(UserId user, long channelId, @Nullable WatchMode feed) {
    if (feed == null) {
      db.sql("update user_channels set feed = null where user_id = ? and channel_id = ?")
          .params(user.value(), channelId)
          .update();
    } else {
      db.sql("update user_channels set feed = ?, joined = ? where user_id = ? and channel_id = ?")
          .params(text(feed), feed == WatchMode.PUSHED, user.value(), channelId)
          .update();
    }
  }

  /**
   * Forgets how far the channels were read that are not to be watched any more, so that watching
   * one of them again begins with its newest post.
   *
   * @param watched the names that are to be watched
   * @return all channels that the account knows and that are not to be watched
   */
  public Set<Long> forgetPositions(UserId user, Collection<ChannelName> watched) {
    List<KnownChannel> all = known(user);
    Set<Long> kept = new HashSet<>();
    Set<Long> left = new HashSet<>();
    Set<Long> forgotten = new HashSet<>();
    for (KnownChannel each : all) {
      if (watched.contains(each.name())) {
        kept.add(each.channel().id());
      } else {
        left.add(each.channel().id());
        if (each.position() != null || each.feed() != null) {
          forgotten.add(each.channel().id());
        }
      }
    }
    left.removeAll(kept);
    forgotten.removeAll(kept);
    if (!forgotten.isEmpty()) {
      db.sql(
              """
              update user_channels
              set position = null, feed = null
              where user_id = :user and channel_id in (:forgotten)
              """)
          .param("user", user.value())
          .param("forgotten", forgotten)
          .update();
    }
    return left;
  }

  /** How far the account's common updates were handled; empty to begin now. */
  public Optional<String> accountPosition(UserId user) {
    return db.sql("select position from account_positions where user_id = ?")
        .param(user.value())
        .query(String.class)
        .optional();
  }

  /** Stores it. */
  public void accountMoved(UserId user, String position) {
    db.sql(ACCOUNT_MOVED).params(user.value(), position).update();
  }

  private static String text(WatchMode feed) {
    return feed.name().toLowerCase(Locale.ROOT);
  }

  private static KnownChannel.@Nullable Former former(ResultSet row) throws SQLException {
    String name = row.getString("former_name");
    return name == null
        ? null
        : new KnownChannel.Former(
            new ChannelName(name),
            row.getString("former_taken_by"),
            row.getBoolean("former_checked"),
            Instant.ofEpochMilli(row.getLong("renamed_at")));
  }

  private static KnownChannel row(ResultSet row, int number) throws SQLException {
    int count = row.getInt("members");
    Integer members = row.wasNull() ? null : count;
    String feed = row.getString("feed");
    return new KnownChannel(
        new ChannelName(row.getString("name")),
        new ChannelRef(row.getLong("channel_id"), row.getLong("access_hash")),
        row.getString("title"),
        row.getString("kind").equals("broadcast"),
        members,
        row.getBoolean("joined"),
        feed == null ? null : WatchMode.valueOf(feed.toUpperCase(Locale.ROOT)),
        row.getString("position"),
        row.getInt("passed_over"),
        row.getInt("passed_over_last"),
        row.getBoolean("protected"),
        former(row),
        Instant.ofEpochMilli(row.getLong("resolved_at")));
  }
}
