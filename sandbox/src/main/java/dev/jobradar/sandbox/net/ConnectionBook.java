package dev.jobradar.sandbox.net;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the open connections of each key and each account, as the server sees them: a connection
 * counts from the first packet that it brings of a key until it has been read to its end.
 *
 * <p>Before a connection is counted, the others of its key and account are read to their end
 * ({@link Counted#readToEnd}), and then itself: a client that closed one before it dialled the next
 * is never seen with two. A client's close always arrives here before its next connection does, but
 * nothing says which of two waiting sockets a server looks at first.
 *
 * <p>Thread-safe. Connections are read with no lock of this class held.
 */
final class ConnectionBook {

  /** A connection as the book knows it. */
  interface Counted {
    /** In the order in which connections were accepted. */
    long number();

    /**
     * Reads whatever has arrived, and calls {@link ConnectionBook#ended} if that ends with the end
     * of the stream. Does not wait for anything else to arrive.
     */
    void readToEnd();
  }

  /** The connections of one key or one account. */
  private static final class Tally {
    private final Set<Counted> open = new LinkedHashSet<>(2);
    private int max;

    ConnectionCount count() {
      return new ConnectionCount(open.size(), max);
    }
  }

  private final Map<KeyId, Tally> keys = new HashMap<>();
  private final Map<UserId, Tally> accounts = new HashMap<>();

  /** Whose connections count for which account; only keys that have connections, or had. */
  private final Map<KeyId, UserId> signedIn = new HashMap<>();

  /** The keys that each open connection was seen to use. */
  private final Map<Counted, List<KeyId>> uses = new HashMap<>();

  private int maxPerKey;
  private int maxPerAccount;

  /** A connection was accepted. */
  synchronized void opened(Counted connection) {
    uses.put(connection, List.of());
  }

  /** A connection has been read to its end, or was closed. Calling it again does nothing. */
  synchronized void ended(Counted connection) {
    List<KeyId> used = uses.remove(connection);
    if (used == null) {
      return;
    }
    for (KeyId key : used) {
      tally(keys, key).open.remove(connection);
      UserId account = signedIn.get(key);
      if (account != null) {
        tally(accounts, account).open.remove(connection);
      }
    }
  }

  /** A connection brought a packet of this key; from now on it counts. */
  void use(Counted connection, KeyId key) {
    Set<Counted> read = new HashSet<>();
    while (true) {
      List<Counted> earlier;
      synchronized (this) {
        List<KeyId> used = uses.get(connection);
        if (used == null) {
          return;
        }
        earlier = others(connection, key, read);
        if (earlier.isEmpty()) {
          if (!used.contains(key)) {
            List<KeyId> more = new ArrayList<>(used);
            more.add(key);
            uses.put(connection, List.copyOf(more));
          }
          count(connection, key);
          return;
        }
      }
      earlier.forEach(Counted::readToEnd);
      read.addAll(earlier);
      // It may itself be the one that was closed before, and only be late to be looked at.
      connection.readToEnd();
    }
  }

  /** The other connections of a key and its account that were not read yet. */
  private List<Counted> others(Counted connection, KeyId key, Set<Counted> read) {
    List<Counted> others = new ArrayList<>(0);
    collect(keys.get(key), connection, read, others);
    UserId account = signedIn.get(key);
    if (account != null) {
      collect(accounts.get(account), connection, read, others);
    }
    return others;
  }

  private static void collect(
      @Nullable Tally tally, Counted connection, Set<Counted> read, List<Counted> others) {
    if (tally != null && !tally.open.contains(connection)) {
      tally.open.stream().filter(other -> !read.contains(other)).forEach(others::add);
    }
  }

  private void count(Counted connection, KeyId key) {
    maxPerKey = Math.max(maxPerKey, add(tally(keys, key), connection));
    UserId account = signedIn.get(key);
    if (account != null) {
      maxPerAccount = Math.max(maxPerAccount, add(tally(accounts, account), connection));
    }
  }

  private static int add(Tally tally, Counted connection) {
    tally.open.add(connection);
    tally.max = Math.max(tally.max, tally.open.size());
    return tally.max;
  }

  private static <T> Tally tally(Map<T, Tally> tallies, T of) {
    return tallies.computeIfAbsent(of, _ -> new Tally());
  }

  /** A key is signed in to an account: its connections count for that from now on. */
  void signedIn(KeyId key, UserId account) {
    List<Counted> open;
    synchronized (this) {
      if (account.equals(signedIn.get(key))) {
        return;
      }
      signedOut(key);
      signedIn.put(key, account);
      Tally tally = keys.get(key);
      open = tally == null ? List.of() : List.copyOf(tally.open);
    }
    open.forEach(connection -> use(connection, key));
  }

  /** A key is signed in to no account any more. */
  synchronized void signedOut(KeyId key) {
    UserId account = signedIn.remove(key);
    Tally tally = keys.get(key);
    if (account == null || tally == null) {
      return;
    }
    for (Counted connection : tally.open) {
      boolean otherwise =
          Objects.requireNonNull(uses.get(connection), "open connections have their uses").stream()
              .anyMatch(other -> account.equals(signedIn.get(other)));
      if (!otherwise) {
        tally(accounts, account).open.remove(connection);
      }
    }
  }

  /** Whether a connection that was accepted earlier is still open and uses the same key. */
  boolean isSecond(Counted connection, KeyId key) {
    List<Counted> earlier;
    synchronized (this) {
      earlier = earlier(connection, key);
    }
    if (earlier.isEmpty()) {
      return false;
    }
    earlier.forEach(Counted::readToEnd);
    synchronized (this) {
      return !earlier(connection, key).isEmpty();
    }
  }

  private List<Counted> earlier(Counted connection, KeyId key) {
    Tally tally = keys.get(key);
    return tally == null
        ? List.of()
        : tally.open.stream().filter(other -> other.number() < connection.number()).toList();
  }

  synchronized ConnectionCount of(KeyId key) {
    Tally tally = keys.get(key);
    return tally == null ? ConnectionCount.NONE : tally.count();
  }

  synchronized ConnectionCount of(UserId account) {
    Tally tally = accounts.get(account);
    return tally == null ? ConnectionCount.NONE : tally.count();
  }

  /** Forgets the highest counts: from now on those count that are open. */
  synchronized void resetConnectionCounts() {
    maxPerKey = resetConnectionCounts(keys);
    maxPerAccount = resetConnectionCounts(accounts);
  }

  private static int resetConnectionCounts(Map<?, Tally> tallies) {
    int max = 0;
    for (Tally tally : tallies.values()) {
      tally.max = tally.open.size();
      max = Math.max(max, tally.max);
    }
    return max;
  }

  /** The accounts that have connections, or had, with their counts. */
  synchronized Map<UserId, ConnectionCount> accounts() {
    Map<UserId, ConnectionCount> counts = new HashMap<>();
    accounts.forEach((account, tally) -> counts.put(account, tally.count()));
    return counts;
  }

  /** How many connections are open, whether they used a key or not. */
  synchronized int open() {
    return uses.size();
  }

  /** The most connections that any one key ever had at one moment. */
  synchronized int maxPerKey() {
    return maxPerKey;
  }

  /** The most connections that any one account ever had at one moment. */
  synchronized int maxPerAccount() {
    return maxPerAccount;
  }
}
