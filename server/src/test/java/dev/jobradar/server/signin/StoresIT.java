package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.Attempt;
import dev.jobradar.clients.AttemptLimit;
import dev.jobradar.clients.SessionEnd;
import dev.jobradar.clients.SessionStore.SignedIn;
import dev.jobradar.clients.SignInLimits;
import dev.jobradar.clients.StoredSession;
import dev.jobradar.clients.TooManyAttemptsException;
import dev.jobradar.clients.UserId;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.server.signin.OneTimeCodes.Verdict;
import dev.jobradar.server.signin.SignInBudgets.Kind;
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
import java.util.Locale;
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

  private static Requester stranger(String address) {
    return Requester.of(Networks.of(address), "", null, null);
  }

  @Test
  void a_delay_grows_and_is_forgotten() {
    GrowingDelay delay =
        new GrowingDelay(2, Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofHours(1));
    assertThat(counts.noteSpaced("b", delay, now)).isEmpty();
    assertThat(counts.noteSpaced("b", delay, now)).isEmpty();
    for (long seconds : List.of(15L, 30L, 60L, 60L)) {
      assertThat(counts.noteSpaced("b", delay, now)).contains(now.plusSeconds(seconds));
      now = now.plusSeconds(seconds);
      assertThat(counts.noteSpaced("b", delay, now)).isEmpty();
    }
    now = now.plus(Duration.ofHours(1));
    assertThat(counts.noteSpaced("b", delay, now)).isEmpty();
    assertThat(counts.noteSpaced("b", delay, now)).isEmpty();
    assertThat(counts.count("b", Duration.ofHours(1), now)).isEqualTo(2);
    assertThat(counts.count("none", Duration.ofHours(1), now)).isZero();
  }

  @Test
  void what_one_limit_refuses_is_counted_by_none_of_them() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    for (int i = 0; i < 5; i++) {
      counter.countOurs(Kind.OWN_CODE, PHONE, stranger("192.0.2." + i));
    }
    // The /24 has asked for this phone often enough: its address is not charged for more.
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> counter.countOurs(Kind.OWN_CODE, PHONE, stranger("192.0.2.9")))
          .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
    }
    SignInLimits.Counted other =
        counter.countOurs(Kind.OWN_CODE, "79990000002", stranger("192.0.2.9"));
    other.takeBack();
  }

  @Test
  void five_addresses_cannot_stop_the_first_sign_ins_of_everybody() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    int wrong = 0;
    for (int address = 0; address < 5; address++) {
      for (int i = 0; i < 30; i++) {
        try {
          String phone = "7999" + (1_000_000 + address * 100 + i);
          counter.count(Attempt.Kind.WRONG_ENTRY, phone, stranger("198.51." + address + ".7"));
          wrong++;
        } catch (TooManyAttemptsException refused) {
          assertThat(refused.allowedAt()).isAfter(now);
        }
      }
    }
    assertThat(wrong).as("what Telegram sees of them").isLessThanOrEqualTo(20);
    // Somebody else mistypes twice and then enters the right one.
    Requester person = stranger("203.0.113.4");
    counter.count(Attempt.Kind.WRONG_ENTRY, PHONE, person);
    counter.count(Attempt.Kind.WRONG_ENTRY, PHONE, person);
  }

  @Test
  void a_whole_ipv6_site_cannot_stop_codes_for_others() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    int wrong = 0;
    for (int net = 0; net < 300; net++) {
      try {
        counter.countOurs(
            Kind.OWN_WRONG, PHONE, stranger("2001:db8:1:" + Integer.toHexString(net) + "::1"));
        wrong++;
      } catch (SignInException.TooManyOneTimeCodes refused) {
        assertThat(refused.delay()).isPositive();
      }
    }
    assertThat(wrong).isEqualTo(40);
    counter.countOurs(Kind.OWN_WRONG, PHONE, stranger("2001:db8:2::1"));
  }

  @Test
  void a_flood_beyond_a_limit_writes_nothing() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    for (int net = 0; net < 40; net++) {
      // Two of each /56.
      String address = "2001:db8:1:%x::1".formatted(net / 2 * 256 + net % 2);
      counter.countOurs(Kind.OWN_WRONG, PHONE, stranger(address));
    }
    assertThatThrownBy(() -> counter.countOurs(Kind.OWN_WRONG, PHONE, stranger("2001:db8:1:ff::1")))
        .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
    // Whose phone it is may be read; any other statement would fail, and be told as that.
    for (int net = 0; net < 20; net++) {
      String address = "2001:db8:1:f" + net + "::1";
      database.failFromStep(2);
      assertThatThrownBy(() -> counter.countOurs(Kind.OWN_WRONG, PHONE, stranger(address)))
          .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
      assertThat(database.failed()).isFalse();
    }
  }

  @Test
  void a_flood_is_refused_by_the_servers_own_limit_and_known_browsers_are_not() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    SignInLimits.Counted noted = counter.countOurs(Kind.OWN_WRONG, PHONE, stranger("192.0.2.1"));
    database
        .client()
        .sql("update attempts set times = '20000' where bucket like 'own_wrong server from %'")
        .update();
    assertThatThrownBy(() -> counter.countOurs(Kind.OWN_WRONG, PHONE, stranger("198.51.100.2")))
        .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
    var ann = users.signedIn(1, PHONE, "Ann", null).id();
    Device device = new Devices(database.client(), vault, () -> now).signedIn(ann, null).device();
    counter.countOurs(
        Kind.OWN_WRONG, PHONE, Requester.of(Networks.of("198.51.100.2"), "", null, device));
    noted.takeBack();
    counter.countOurs(Kind.OWN_WRONG, PHONE, stranger("198.51.100.2"));
  }

  @Test
  void a_device_is_no_help_with_the_phone_of_somebody_else() {
    SignInCounter counter = new SignInCounter(counts, users, () -> now);
    var bob = users.signedIn(2, "79990000002", "Bob", null).id();
    users.signedIn(1, PHONE, "Ann", null);
    Device bobs = new Devices(database.client(), vault, () -> now).signedIn(bob, null).device();
    Requester who = Requester.of(Networks.of("192.0.2.1"), "", null, bobs);
    for (int i = 0; i < 5; i++) {
      counter.countOurs(Kind.OWN_CODE, PHONE, who);
    }
    assertThatThrownBy(() -> counter.countOurs(Kind.OWN_CODE, PHONE, who))
        .isInstanceOf(SignInException.TooManyOneTimeCodes.class);
    counter.countOurs(Kind.OWN_CODE, "79990000002", who);
  }

  @Test
  void old_counts_and_phone_numbers_are_not_kept() {
    counts.note(counts.bucket("phone", PHONE), TWO_AN_HOUR, now);
    assertThat(buckets()).singleElement().asString().doesNotContain(PHONE, PHONE.substring(4));
    now = now.plus(Duration.ofHours(1));
    counts.note(counts.bucket("server", ""), TWO_AN_HOUR, now);
    assertThat(buckets()).containsExactly("server");
  }

  private List<String> buckets() {
    return database.client().sql("select bucket from attempts").query(String.class).list();
  }

  // --- codes ---------------------------------------------------------------------------------

  private dev.jobradar.clients.UserId user(long telegramId) {
    return users.signedIn(telegramId, "7999000000" + telegramId, "Ann", null).id();
  }

  private static final String HERE = "h".repeat(43);
  private static final String ELSEWHERE = "e".repeat(43);

  private String issue(dev.jobradar.clients.UserId user) {
    return issue(user, HERE);
  }

  private String issue(dev.jobradar.clients.UserId user, String browser) {
    String code = codes.make();
    codes.begin(user, code, browser, browser);
    return code;
  }

  private Verdict check(dev.jobradar.clients.UserId user, String code) {
    return codes.check(user, code, HERE);
  }

  private static String wrong(String code) {
    return code.equals("00000000") ? "00000001" : "00000000";
  }

  @Test
  void a_code_is_good_once_and_read_as_people_write_it() {
    var ann = user(1);
    String code = issue(ann);
    assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{8}");
    assertThat(check(ann, wrong(code))).isEqualTo(Verdict.WRONG);
    assertThat(check(ann, " " + OneTimeCodes.shown(code).toLowerCase(Locale.ROOT)))
        .isEqualTo(Verdict.RIGHT);
    assertThat(check(ann, code)).isEqualTo(Verdict.NONE);
    assertThat(OneTimeCodes.read("oil-АВЕКМНОРСТУХ")).isEqualTo("011ABEKMH0PCTYX");
  }

  @Test
  void a_code_works_only_in_the_browser_that_asked() {
    var ann = user(1);
    String code = issue(ann);
    assertThat(codes.check(ann, code, ELSEWHERE)).isEqualTo(Verdict.NONE);
    String other = issue(ann, ELSEWHERE);
    assertThat(codes.check(ann, code, ELSEWHERE)).isEqualTo(Verdict.WRONG);
    assertThat(codes.check(ann, other, ELSEWHERE)).isEqualTo(Verdict.RIGHT);
    assertThat(check(ann, code)).as("nobody else voids it").isEqualTo(Verdict.RIGHT);
  }

  @Test
  void a_code_is_its_users_alone_and_neither_it_nor_its_browser_is_stored() {
    var ann = user(1);
    var bob = user(2);
    String code = issue(ann);
    assertThat(check(bob, code)).isEqualTo(Verdict.NONE);
    assertThat(
            database
                .client()
                .sql("select code_hash || ' ' || browser_hash from login_codes")
                .query(String.class)
                .list())
        .allSatisfy(hashes -> assertThat(hashes).hasSize(149).doesNotContain(code, HERE));
  }

  @Test
  void a_code_that_was_made_is_good_only_when_it_was_sent() {
    var ann = user(1);
    String first = issue(ann);
    String second = codes.make();
    assertThat(check(ann, second)).isEqualTo(Verdict.WRONG);
    codes.begin(ann, second, ELSEWHERE, HERE);
    assertThat(check(ann, first)).as("the browser has another one").isEqualTo(Verdict.NONE);
    assertThat(codes.check(ann, second, ELSEWHERE)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void a_code_is_good_for_five_minutes() {
    var ann = user(1);
    String code = issue(ann);
    now = now.plus(OneTimeCodes.VALID_FOR);
    assertThat(check(ann, code)).isEqualTo(Verdict.NONE);
    issue(ann, ELSEWHERE);
    assertThat(database.client().sql("select count(*) from login_codes").query(Long.class).single())
        .as("old ones do not pile up")
        .isEqualTo(1);
  }

  @Test
  void five_wrong_tries_make_a_code_void_and_a_new_one_is_whole() {
    var ann = user(1);
    String code = issue(ann);
    for (int i = 0; i < OneTimeCodes.TRIES; i++) {
      assertThat(check(ann, wrong(code))).isEqualTo(Verdict.WRONG);
    }
    assertThat(check(ann, code)).isEqualTo(Verdict.NONE);
    String next = issue(ann);
    assertThat(check(ann, next)).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void of_many_who_enter_the_right_code_at_once_one_is_let_in() throws Exception {
    var ann = user(1);
    String code = issue(ann);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Verdict>> tries = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        tries.add(() -> check(ann, code));
      }
      int in = 0;
      for (Future<Verdict> each : threads.invokeAll(tries)) {
        in += each.get() == Verdict.RIGHT ? 1 : 0;
      }
      assertThat(in).isEqualTo(1);
    }
  }

  // --- devices -------------------------------------------------------------------------------

  @Test
  void a_device_is_known_by_what_it_was_given_last_and_by_the_one_before() {
    Devices devices = new Devices(database.client(), vault, () -> now);
    var ann = user(1);
    Devices.Issued first = devices.signedIn(ann, null);
    assertThat(devices.find(first.token())).contains(first.device());
    Devices.Issued second = devices.signedIn(ann, first.device());
    assertThat(second.device()).isEqualTo(first.device());
    assertThat(devices.find(first.token())).as("the new one may be lost").isPresent();
    Devices.Issued third = devices.signedIn(ann, first.device());
    assertThat(devices.find(first.token())).isEmpty();
    assertThat(devices.find(second.token())).isPresent();
    assertThat(devices.find(third.token())).isPresent();
    assertThat(third.toString()).doesNotContain(third.token());
    now = now.plus(Devices.LIFETIME);
    assertThat(devices.find(third.token())).isEmpty();
  }

  @Test
  void a_device_is_bound_to_its_user_and_cannot_be_forged() {
    Devices devices = new Devices(database.client(), vault, () -> now);
    var ann = user(1);
    var bob = user(2);
    Devices.Issued anns = devices.signedIn(ann, null);
    String forged = anns.token().replaceFirst("\\." + ann.value() + "\\.", "." + bob.value() + ".");
    assertThat(devices.find(forged)).isEmpty();
    Devices elsewhere = new Devices(database.client(), Vault.create(), () -> now);
    assertThat(elsewhere.find(anns.token())).as("another key").isEmpty();
    for (String text : List.of("", "1.1.1", "9".repeat(4_000), anns.token() + "0")) {
      assertThat(devices.find(text)).isEmpty();
    }
    Devices.Issued bobs = devices.signedIn(bob, anns.device());
    assertThat(bobs.device()).as("Bob in Ann's browser").isNotEqualTo(anns.device());
    assertThat(devices.find(bobs.token())).map(Device::user).contains(bob);
  }

  @Test
  void devices_are_revoked_one_by_one_or_all_others_and_do_not_pile_up() {
    Devices devices = new Devices(database.client(), vault, () -> now);
    var ann = user(1);
    var bob = user(2);
    Devices.Issued bobs = devices.signedIn(bob, null);
    Devices.Issued first = devices.signedIn(ann, null);
    devices.revoke(bob, first.device().id());
    assertThat(devices.find(first.token())).as("not by somebody else").isPresent();
    devices.revoke(ann, first.device().id());
    assertThat(devices.find(first.token())).isEmpty();
    Devices.Issued second = devices.signedIn(ann, null);
    for (int i = 0; i < Devices.PER_USER; i++) {
      now = now.plusSeconds(1);
      devices.signedIn(ann, null);
    }
    assertThat(devices.find(second.token())).as("the oldest of too many").isEmpty();
    Devices.Issued last = devices.signedIn(ann, null);
    devices.revokeOthers(ann, last.device().id());
    assertThat(devices.find(last.token())).isPresent();
    assertThat(database.client().sql("select count(*) from devices").query(Long.class).single())
        .isEqualTo(2);
    devices.revokeAll(ann);
    assertThat(devices.find(last.token())).isEmpty();
    assertThat(devices.find(bobs.token())).isPresent();
  }
}
