package dev.jobradar.server.web.pages.leads;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares of a whole, the largest first, each with a bar that lies beside its figure.
 *
 * @param rows as long as their share of the largest
 */
record ShareChart(List<Row> rows) {
  /**
   * A share.
   *
   * @param address of the leads behind it, null for none
   * @param percent of the largest one, 1 to 100
   */
  record Row(String name, @Nullable String address, long number, long percent) {}

  /** A share that has no bar yet. */
  record Share(String name, @Nullable String address, long number) {}

  /** Copies the list. */
  ShareChart {
    rows = List.copyOf(rows);
  }

  /** With bars. */
  static ShareChart of(List<Share> shares) {
    long most = shares.stream().mapToLong(Share::number).max().orElse(1);
    return new ShareChart(
        shares.stream()
            .map(share ->
                new Row(
                    share.name(),
                    share.address(),
                    share.number(),
                    Math.max(1, Math.round(100.0 * share.number() / Math.max(1, most)))))
            .toList());
  }
}
