package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.Attempt;
import dev.jobradar.clients.AttemptLimit;
import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.SessionStore.SignedIn;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.server.signin.OneTimeCodes.Verdict;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SignedInUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class StoresIT {
  private static final String PHONE = "79990000001";
  private static final AttemptLimit TWO_AN_HOUR = new AttemptLimit(2, Duration.ofHours(1));

  private final TestDatabase database;
  private final Vault vault = Vault.create();
  private final Users users;
  private final TelegramSessions sessions;
  private final AttemptCounts counts;
  private final OneTimeCodes codes;
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");

  StoresIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    users = new Users(database.client(), vault, () -> now);
    sessions =
        new TelegramSessions(database.client(), database.transactions(), vault, users, () -> now);
    counts = new AttemptCounts(database.client(), database.transactions(), vault);
    codes = new OneTimeCodes(database.client(), vault, () -> now);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Me me(long id, @Nullable String phone) {
    return new Me(id, "Ann", "B", "ann" + id, phone);
  }

  private static SavedSession session(int seed, long user) {
    byte[] key = new byte[256];
    java.util.Arrays.fill(key, (byte) seed);
    return SavedSession.of(new DcId(2), false, new AuthKey(key))
        .withUser(new SignedInUser(user, false));
  }

  // --- sessions ------------------------------------------------------------------------------

  @Test
  void a_session_comes_back_whole_and_is_not_readable_in_the_database() {
    SignedIn ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1));
    assertThat(ann.created()).isTrue();
    assertThat(ann.replaced()).isEmpty();
    assertThat(sessions.find(ann.user())).isEqualTo(new StoredSession.Valid(session(1, 1)));
    String sealed =
        database.client().sql("select sealed from telegram_sessions").query(String.class).single();
    assertThat(sealed).doesNotContain("AQEBAQEB");
    database
        .client()
        .sql("update telegram_sessions set user_id = ?")
        .param(users.signedIn(2, "79990000002", "Bob", null).id().value())
        .update();
    assertThat(sessions.find(new UserId(ann.user().value() + 1)))
        .as("another user's")
        .isInstanceOf(StoredSession.Ended.class);
  }

  @Test
  void nobody_has_a_session_to_begin_with() {
    assertThat(sessions.find(new UserId(5))).isEqualTo(new StoredSession.None());
  }

  @Test
  void an_ended_session_is_remembered_with_its_reason_and_a_new_one_takes_its_place() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    SessionEnd end = new SessionEnd("SESSION_REVOKED", now);
    sessions.ended(ann, session(1, 1), end);
    sessions.ended(ann, session(1, 1), new SessionEnd("AUTH_KEY_INVALID", now));
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.Ended(end));
    SignedIn again = sessions.signedIn(me(1, PHONE), PHONE, session(2, 1));
    assertThat(again.created()).isFalse();
    assertThat(again.replaced()).isEmpty();
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.Valid(session(2, 1)));
  }

  @Test
  void a_newer_session_does_not_suffer_for_an_older_one() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    assertThat(sessions.signedIn(me(1, PHONE), PHONE, session(2, 1)).replaced())
        .contains(session(1, 1));
    sessions.ended(ann, session(1, 1), new SessionEnd("SESSION_REVOKED", now));
    sessions.loggedOut(ann, session(1, 1));
    sessions.moved(ann, session(1, 1), session(3, 1));
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.Valid(session(2, 1)));
    sessions.moved(ann, session(2, 1), session(3, 1));
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.Valid(session(3, 1)));
    sessions.loggedOut(ann, session(3, 1));
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.None());
  }

  @Test
  void lost_keys_keep_nobody_from_signing_in_anew() {
    sessions.signedIn(me(1, PHONE), PHONE, session(1, 1));
    TelegramSessions others =
        new TelegramSessions(
            database.client(), database.transactions(), Vault.create(), users, () -> now);
    SignedIn again = others.signedIn(me(1, PHONE), PHONE, session(2, 1));
    assertThat(again.replaced()).isEmpty();
    assertThat(others.find(again.user())).isEqualTo(new StoredSession.Valid(session(2, 1)));
  }

  @Test
  void a_row_that_was_changed_is_an_ended_session_with_a_reason() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    for (String changed : List.of("no base 64!", "", vault.seal("no session", "session 1"))) {
      database
          .client()
          .sql("update telegram_sessions set sealed = ? where user_id = ?")
          .params(changed, ann.value())
          .update();
      assertThat(sessions.find(ann))
          .isInstanceOfSatisfying(
              StoredSession.Ended.class,
              ended -> assertThat(ended.end().reason()).isEqualTo(TelegramSessions.UNREADABLE));
    }
    assertThat(sessions.signedIn(me(1, PHONE), PHONE, session(2, 1)).replaced()).isEmpty();
    assertThat(sessions.find(ann)).isInstanceOf(StoredSession.Valid.class);
  }

  @Test
  void a_recycled_number_is_a_new_user_and_leads_to_the_old_one_no_more() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    SignedIn bob = sessions.signedIn(me(2, PHONE), PHONE, session(2, 2));
    assertThat(bob.created()).isTrue();
    assertThat(bob.user()).isNotEqualTo(ann);
    assertThat(sessions.byPhone(PHONE)).contains(bob.user());
    users.alertsPersonal(new dev.jobradar.clients.UserId(ann.value()), false);
    assertThat(sessions.byPhone(PHONE)).contains(bob.user());
    assertThat(sessions.find(ann)).isEqualTo(new StoredSession.Valid(session(1, 1)));
  }

  @Test
  void the_same_account_with_another_number_is_the_same_user() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    sessions.seen(ann, me(1, "79990000009"));
    assertThat(sessions.byPhone("79990000009")).contains(ann);
    assertThat(sessions.byPhone(PHONE)).isEmpty();
    assertThat(sessions.signedIn(me(1, "79990000008"), PHONE, session(2, 1)).user()).isEqualTo(ann);
    assertThat(sessions.byPhone("79990000008")).as("Telegram knows better").contains(ann);
    assertThat(sessions.byTelegramId(1)).contains(ann);
  }

  @Test
  void what_is_seen_of_another_account_changes_nothing() {
    UserId ann = sessions.signedIn(me(1, PHONE), PHONE, session(1, 1)).user();
    sessions.seen(ann, new Me(2, "Eve", null, null, "79990000009"));
    Optional<User> user = users.findByTelegramId(1);
    assertThat(user).map(User::name).contains("Ann B");
    assertThat(user).map(User::phone).contains(PHONE);
  }

  // --- attempts ------------------------------------------------------------------------------

  @Test
  void a_limit_holds_in_any_stretch_of_time_and_over_a_restart() {
    Instant first = now;
    assertThat(counts.note("b", TWO_AN_HOUR, now)).isEmpty();
    now = now.plus(Duration.ofMinutes(10));
    assertThat(counts.note("b", TWO_AN_HOUR, now)).isEmpty();
    AttemptCounts restarted = new AttemptCounts(database.client(), database.transactions(), vault);
    assertThat(restarted.note("b", TWO_AN_HOUR, now)).contains(first.plus(Duration.ofHours(1)));
    assertThat(restarted.note("other", TWO_AN_HOUR, now)).isEmpty();
    now = first.plus(Duration.ofHours(1));
    assertThat(restarted.note("b", TWO_AN_HOUR, now)).isEmpty();
    assertThat(restarted.note("b", TWO_AN_HOUR, now)).contains(first.plus(Duration.ofMinutes(70)));
  }

  @Test
  void what_is_taken_back_does_not_count() {
    counts.note("b", TWO_AN_HOUR, now);
    counts.note("b", TWO_AN_HOUR, now);
    counts.forget("b", now);
    assertThat(counts.note("b", TWO_AN_HOUR, now)).isEmpty();
    counts.forget("b", now.plusSeconds(1));
    counts.forget("unknown", now);
    assertThat(counts.note("b", TWO_AN_HOUR, now)).isPresent();
  }

  @Test
  void of_many_at_once_no_more_than_the_limit_get_through() throws Exception {
    AttemptLimit five = new AttemptLimit(5, Duration.ofHours(1));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        tries.add(() -> counts.note("b", five, now).isEmpty());
      }
      int through = 0;
      for (Future<Boolean> each : threads.invokeAll(tries)) {
        through += each.get() ? 1 : 0;
      }
      assertThat(through).isEqualTo(5);
    }
  }

  @Test
  void a_high_limit_is_counted_by_stretches_and_kept_as_a_number() {
    AttemptLimit limit = new AttemptLimit(3, Duration.ofHours(1));
    now = Instant.parse("2026-03-01T10:59:59Z");
    Instant next = Instant.parse("2026-03-01T11:00:00Z");
    for (int i = 0; i < 3; i++) {
      assertThat(counts.noteInStretch("b", limit, now)).isEmpty();
    }
    AttemptCounts restarted = new AttemptCounts(database.client(), database.transactions(), vault);
    assertThat(restarted.noteInStretch("b", limit, now)).contains(next);
    counts.forgetInStretch("b", limit, now);
    assertThat(counts.noteInStretch("b", limit, now)).isEmpty();
    assertThat(counts.noteInStretch("b", limit, now)).contains(next);
    assertThat(times()).containsExactly("3");
    assertThat(counts.noteInStretch("b", limit, next)).isEmpty();
    // Taking back what is of an earlier stretch does not touch this one.
    counts.forgetInStretch("b", limit, now);
    assertThat(counts.noteInStretch("b", limit, next)).isEmpty();
    assertThat(counts.noteInStretch("b", limit, next)).isEmpty();
    assertThat(counts.noteInStretch("b", limit, next)).contains(next.plus(Duration.ofHours(1)));
  }

  private List<String> times() {
    return database.client().sql("select times from attempts").query(String.class).list();
  }

  @Test
  void some_addresses_cannot_lock_everybody_out() {
    // Many small transactions: their waits for the disk have nothing to do with it.
    database.onEachConnection(
        switch (database.settings().vendor()) {
          case SQLITE -> "pragma synchronous = off";
          case POSTGRESQL -> "set synchronous_commit = off";
        });
    OneTimeCodeLimits limits = new OneTimeCodeLimits(counts, () -> now);
    for (OneTimeCodeLimits.Kind kind : OneTimeCodeLimits.Kind.values()) {
      // Some addresses do what each of them may, with numbers of many people.
      int through = 0;
      for (int address = 0; address < 20; address++) {
        for (int i = 0; i < 21; i++) {
          String phone = "7999" + (1_000_000 + address * 100 + i);
          try {
            assertThat(limits.note(kind, phone, "192.0.2." + address).at()).isEqualTo(now);
            through++;
          } catch (SignInException.TooManyOneTimeCodes refused) {
            assertThat(refused.delay()).isPositive();
          }
        }
      }
      assertThat(through).as("%s: each is held to its own limit", kind).isLessThanOrEqualTo(400);
      assertThat(limits.note(kind, PHONE, "198.51.100.1").at()).as("%s", kind).isEqualTo(now);
    }
  }

  @Test
  void a_flood_is_refused_by_the_servers_own_limit() {
    OneTimeCodeLimits limits = new OneTimeCodeLimits(counts, () -> now);
    String bucket = counts.bucket("own_code_wrong", Attempt.Scope.SERVER, "");
    OneTimeCodeLimits.Noted noted = limits.note(OneTimeCodeLimits.Kind.WRONG, PHONE, "192.0.2.1");
    assertThat(noted.buckets().values()).contains(bucket);
    database
        .client()
        .sql("update attempts set times = '20000' where bucket like ?")
        .param(bucket + " from %")
        .update();
    assertThatThrownBy(() -> limits.note(OneTimeCodeLimits.Kind.WRONG, "79990000002", "192.0.2.2"))
        .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
    limits.takeBack(noted);
    assertThat(limits.note(OneTimeCodeLimits.Kind.WRONG, "79990000002", "192.0.2.2").at())
        .isEqualTo(now);
  }

  @Test
  void old_counts_and_phone_numbers_are_not_kept() {
    counts.note(
        new Attempt(Attempt.Kind.CODE_REQUEST, Attempt.Scope.PHONE, PHONE), TWO_AN_HOUR, now);
    assertThat(buckets()).singleElement().asString().doesNotContain(PHONE, "999");
    now = now.plus(Duration.ofHours(1));
    counts.note(new Attempt(Attempt.Kind.WRONG_ENTRY, Attempt.Scope.SERVER, ""), TWO_AN_HOUR, now);
    assertThat(buckets()).containsExactly("wrong_entry server");
  }

  private List<String> buckets() {
    return database.client().sql("select bucket from attempts").query(String.class).list();
  }

  // --- codes ---------------------------------------------------------------------------------

  private dev.jobradar.clients.UserId user(long telegramId) {
    return users.signedIn(telegramId, "7999000000" + telegramId, "Ann", null).id();
  }

  private String issue(dev.jobradar.clients.UserId user) {
    String code = codes.make();
    codes.begin(user, code);
    return code;
  }

  private static String wrong(String code) {
    return code.equals("00000") ? "00001" : "00000";
  }

  @Test
  void a_code_is_good_once() {
    var ann = user(1);
    String code = issue(ann);
    assertThat(code).matches("\\d{5}");
    assertThat(codes.check(ann, wrong(code))).isEqualTo(Verdict.WRONG);
    assertThat(codes.check(ann, code)).isEqualTo(Verdict.RIGHT);
    assertThat(codes.check(ann, code)).isEqualTo(Verdict.NONE);
  }

  @Test
  void a_code_is_its_users_alone_and_not_stored() {
    var ann = user(1);
    var bob = user(2);
    String code = issue(ann);
    assertThat(codes.check(bob, code)).isEqualTo(Verdict.NONE);
    String bobs = issue(bob);
    if (!bobs.equals(code)) {
      assertThat(codes.check(bob, code)).isEqualTo(Verdict.WRONG);
    }
    assertThat(
            database.client().sql("select code_hash from login_codes").query(String.class).list())
        .allSatisfy(hash -> assertThat(hash).hasSize(74).isNotEqualTo(code));
  }

  @Test
  void a_code_that_was_made_is_good_only_when_it_was_sent() {
    var ann = user(1);
    String first = issue(ann);
    String second = codes.make();
    if (!second.equals(first)) {
      assertThat(codes.check(ann, second)).isEqualTo(Verdict.WRONG);
    }
    codes.begin(ann, second);
    if (!second.equals(first)) {
      assertThat(codes.check(ann, first)).isEqualTo(Verdict.WRONG);
    }
    assertThat(codes.check(ann, second)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void a_code_is_good_for_five_minutes() {
    var ann = user(1);
    String code = issue(ann);
    now = now.plus(OneTimeCodes.VALID_FOR);
    assertThat(codes.check(ann, code)).isEqualTo(Verdict.NONE);
  }

  @Test
  void five_wrong_tries_make_a_code_void_and_a_new_one_is_whole() {
    var ann = user(1);
    String code = issue(ann);
    for (int i = 0; i < OneTimeCodes.TRIES; i++) {
      assertThat(codes.check(ann, wrong(code))).isEqualTo(Verdict.WRONG);
    }
    assertThat(codes.check(ann, code)).isEqualTo(Verdict.NONE);
    String next = issue(ann);
    assertThat(codes.check(ann, next)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void of_many_who_enter_the_right_code_at_once_one_is_let_in() throws Exception {
    var ann = user(1);
    String code = issue(ann);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Verdict>> tries = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        tries.add(() -> codes.check(ann, code));
      }
      int in = 0;
      for (Future<Verdict> each : threads.invokeAll(tries)) {
        in += each.get() == Verdict.RIGHT ? 1 : 0;
      }
      assertThat(in).isEqualTo(1);
    }
  }
}
