package dev.jobradar.sandbox.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionBookTest {
  private static final KeyId KEY = new KeyId(1);
  private static final KeyId OTHER_KEY = new KeyId(2);
  private static final UserId ACCOUNT = new UserId(10);
  private static final UserId OTHER_ACCOUNT = new UserId(20);

  private final ConnectionBook book = new ConnectionBook();
  private final List<String> log = new ArrayList<>();
  private long accepted;

  /** A connection whose client may have closed it without anybody having looked. */
  private final class Fake implements ConnectionBook.Counted {
    private final long number = ++accepted;
    private boolean closedByClient;
    private Runnable whenRead = () -> {};

    Fake() {
      book.opened(this);
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public void readToEnd() {
      log.add("read " + number);
      whenRead.run();
      if (closedByClient) {
        book.ended(this);
      }
    }
  }

  @Test
  void a_connection_counts_from_its_first_packet_to_its_end() {
    Fake connection = new Fake();
    assertThat(book.open()).isEqualTo(1);
    assertThat(book.of(KEY)).isEqualTo(ConnectionCount.NONE);

    book.use(connection, KEY);
    book.use(connection, KEY);
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));

    book.ended(connection);
    book.ended(connection);
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(0, 1));
    assertThat(book.open()).isZero();
  }

  @Test
  void others_of_the_key_are_read_before_a_connection_counts() {
    Fake first = new Fake();
    book.use(first, KEY);
    first.closedByClient = true;
    Fake second = new Fake();

    book.use(second, KEY);

    assertThat(log).contains("read 1");
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void others_of_the_account_are_read_before_a_connection_counts() {
    book.signedIn(KEY, ACCOUNT);
    book.signedIn(OTHER_KEY, ACCOUNT);
    Fake first = new Fake();
    book.use(first, KEY);
    first.closedByClient = true;

    book.use(new Fake(), OTHER_KEY);

    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void a_closed_connection_that_is_looked_at_late_does_not_count() {
    Fake late = new Fake();
    late.closedByClient = true;
    Fake next = new Fake();
    book.use(next, KEY);

    book.use(late, KEY);

    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void a_connection_that_comes_while_another_is_read_is_read_as_well() {
    Fake first = new Fake();
    book.use(first, KEY);
    Fake third = new Fake();
    third.closedByClient = true;
    Fake second = new Fake();
    first.whenRead =
        () -> {
          first.whenRead = () -> {};
          book.ended(first);
          third.closedByClient = false;
          book.use(third, KEY);
          third.closedByClient = true;
        };

    book.use(second, KEY);

    assertThat(log).contains("read 3");
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void two_that_are_open_count_as_two_and_the_most_is_remembered() {
    Fake first = new Fake();
    Fake second = new Fake();
    book.use(first, KEY);
    book.use(second, KEY);
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(2, 2));

    book.ended(first);

    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 2));
    assertThat(book.maxPerKey()).isEqualTo(2);
    assertThat(book.maxPerAccount()).isZero();
  }

  @Test
  void a_sign_in_counts_the_connections_that_are_there() {
    Fake connection = new Fake();
    book.use(connection, KEY);

    book.signedIn(KEY, ACCOUNT);
    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(1, 1));

    book.signedIn(KEY, OTHER_ACCOUNT);
    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(0, 1));
    assertThat(book.of(OTHER_ACCOUNT)).isEqualTo(new ConnectionCount(1, 1));

    book.signedOut(KEY);
    assertThat(book.of(OTHER_ACCOUNT)).isEqualTo(new ConnectionCount(0, 1));
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));
  }

  @Test
  void a_connection_with_two_keys_of_an_account_counts_once_for_it() {
    book.signedIn(KEY, ACCOUNT);
    book.signedIn(OTHER_KEY, ACCOUNT);
    Fake connection = new Fake();
    book.use(connection, KEY);
    book.use(connection, OTHER_KEY);
    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(1, 1));

    book.signedOut(KEY);
    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(1, 1));
    book.signedOut(OTHER_KEY);
    assertThat(book.of(ACCOUNT)).isEqualTo(new ConnectionCount(0, 1));
  }

  @Test
  void only_an_open_connection_that_was_accepted_earlier_makes_a_second_one() {
    Fake first = new Fake();
    Fake second = new Fake();
    book.use(first, KEY);
    book.use(second, KEY);

    assertThat(book.isSecond(first, KEY)).isFalse();
    assertThat(book.isSecond(second, KEY)).isTrue();
    assertThat(book.isSecond(second, OTHER_KEY)).isFalse();
    first.closedByClient = true;
    assertThat(book.isSecond(second, KEY)).isFalse();
  }

  @Test
  void a_connection_that_has_ended_is_not_counted_again() {
    Fake connection = new Fake();
    book.ended(connection);

    book.use(connection, KEY);

    assertThat(book.of(KEY)).isEqualTo(ConnectionCount.NONE);
  }

  @Test
  void counting_anew_forgets_what_was_open_and_not_what_is() {
    book.signedIn(KEY, ACCOUNT);
    Fake first = new Fake();
    Fake second = new Fake();
    book.use(first, KEY);
    book.use(second, KEY);
    assertThat(book.maxPerKey()).isEqualTo(2);
    book.ended(second);

    book.resetConnectionCounts();

    assertThat(book.maxPerKey()).isEqualTo(1);
    assertThat(book.maxPerAccount()).isEqualTo(1);
    assertThat(book.of(KEY)).isEqualTo(new ConnectionCount(1, 1));
    assertThat(book.accounts()).containsExactly(Map.entry(ACCOUNT, new ConnectionCount(1, 1)));
  }
}
