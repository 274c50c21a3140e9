package dev.jobradar.server.account;

import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.updates.CommonPosition;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an account stands, and which channels it watched there: the account's own difference tells
 * what happened in these since.
 */
record AccountPosition(CommonPosition position, Set<Long> watched) {
  AccountPosition {
    watched = Set.copyOf(watched);
  }

  static AccountPosition of(AccountUpdateBatch news) {
    return new AccountPosition(news.position(), Set.copyOf(news.watched()));
  }

  /** For the database, such as {@code u10.0.1700000000.3:17,18}. */
  String text() {
    return position.text()
        + ":"
        + watched.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static @Nullable AccountPosition parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new AccountPosition(CommonPosition.parse(text), Set.of());
    }
    String ids = text.substring(colon + 1);
    return new AccountPosition(
        CommonPosition.parse(text.substring(0, colon)),
        ids.isEmpty()
            ? Set.of()
            : Arrays.stream(ids.split(",", -1)).map(Long::valueOf).collect(Collectors.toSet()));
  }
}
