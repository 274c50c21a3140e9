package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.ClockSet;
import dev.jobradar.server.pacing.ClockSettled;
import dev.jobradar.server.pacing.TestClock;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PacedAccountsIT {
  private static final UserId ANN = new UserId(1);
  private static final UserId BOB = new UserId(2);
  private static final ChannelRef JAVA = new ChannelRef(5, 35);
  private static final PageQuery PAGE = new PageQuery(0, 0, 100);

  private final TestClock clock = new TestClock();
  private final TestDatabase database = TestDatabase.open(Vendor.SQLITE);
  private final FakeAccounts telegram = new FakeAccounts();
  private Accounts accounts = restarted();

  PacedAccountsIT() {
    for (UserId user : new UserId[] {ANN, BOB}) {
      database
          .client()
          .sql("insert into users (id, phone, created_at, updated_at) values (?, ?, 0, 0)")
          .params(user.value(), "7999" + user.value())
          .update();
    }
    telegram.channel("javajobs", JAVA.id());
  }

  private Accounts restarted() {
    return telegram.paced(new FloodWaits(database.client(), clock), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_wait_is_obeyed_to_the_second_over_restarts_and_by_that_user_and_method_alone()
      throws Exception {
    telegram.failNext(
        new AccountException.FloodWait("messages.getHistory", Duration.ofSeconds(30), null));
    assertThatExceptionOfType(AccountException.FloodWait.class)
        .isThrownBy(() -> accounts.history(ANN, JAVA, PAGE));
    clock.advance(Duration.ofMillis(29_001));
    accounts = restarted();
    long asked = histories();
    assertThatExceptionOfType(AccountException.FloodWait.class)
        .isThrownBy(() -> accounts.history(ANN, JAVA, PAGE))
        .satisfies(wait -> assertThat(wait.delay()).isEqualTo(Duration.ofSeconds(1)))
        .satisfies(wait -> assertThat(wait.method()).isEqualTo("messages.getHistory"));
    assertThat(histories()).as("Telegram is not asked").isEqualTo(asked);
    accounts.history(BOB, JAVA, PAGE);
    accounts.sendToSelf(ANN, MessageContent.of("text"), 1);
    clock.advance(Duration.ofMillis(999));
    accounts.history(ANN, JAVA, PAGE);
  }

  private long histories() {
    return telegram.log().stream().filter(call -> call.startsWith("history")).count();
  }

  @Test
  void a_wait_on_sending_holds_for_every_chat() {
    telegram.failNext(
        new AccountException.FloodWait("messages.sendMessage", Duration.ofSeconds(30), null));
    assertThatExceptionOfType(AccountException.FloodWait.class)
        .isThrownBy(() -> accounts.sendToSelf(ANN, MessageContent.of("text"), 1));
    assertThatExceptionOfType(AccountException.FloodWait.class)
        .isThrownBy(() -> accounts.sendToChannel(ANN, JAVA, MessageContent.of("text"), 2));
    assertThat(telegram.messages()).isEmpty();
  }

  @Test
  void names_are_resolved_thirty_times_a_minute_at_most() throws Exception {
    for (int i = 0; i < 30; i++) {
      accounts.resolve(ANN, "javajobs");
    }
    assertThatExceptionOfType(AccountException.FloodWait.class)
        .isThrownBy(() -> accounts.resolve(ANN, "javajobs"))
        .satisfies(wait -> assertThat(wait.delay()).isEqualTo(Duration.ofMinutes(1)));
    accounts.resolve(BOB, "javajobs");
    clock.advance(Duration.ofMinutes(1));
    accounts.resolve(ANN, "javajobs");
  }

  @Test
  void waits_that_are_over_are_forgotten_and_others_kept() {
    FloodWaits waits = new FloodWaits(database.client(), clock);
    waits.put(ANN, "contacts.resolveUsername", Duration.ZERO);
    waits.put(ANN, "messages.getHistory", Duration.ofMinutes(-1));
    waits.put(ANN, FloodWaits.SENDING, Duration.ofSeconds(60));
    waits.forgetOver();
    assertThat(database.client().sql("select scope from flood_waits").query(String.class).list())
        .containsExactly(FloodWaits.SENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "P-1D"})
  void a_wait_stored_while_others_were_moved_is_as_long_as_it_should_be(Duration by) {
    FloodWaits waits = new FloodWaits(database.client(), clock);
    Instant before = clock.instant();
    ClockSet set = new ClockSet(before, before.plus(by));
    waits.put(ANN, "messages.getHistory", Duration.ofHours(2));
    waits.on(set);
    waits.put(ANN, FloodWaits.SENDING, Duration.ofHours(2));
    clock.advance(by);
    waits.on(new ClockSettled(set));
    // For both: real time goes on while the clock of the test stands.
    for (String scope : List.of("messages.getHistory", FloodWaits.SENDING)) {
      assertThat(waits.until(ANN, scope).orElseThrow())
          .isBetween(
              clock.instant().plus(Duration.ofHours(1)), clock.instant().plus(Duration.ofHours(2)));
    }
  }
}
