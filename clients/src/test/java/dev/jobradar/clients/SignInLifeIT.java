package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jobradar.clients.SlotEvent.Reservation;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.signin.CodeDelivery;
import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sign-ins that expire, fail, are cancelled or meet another sign-in. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SignInLifeIT {
  private static final String HERE = "192.0.2.1";
  private static final String PHONE = "9996612341";
  private static final String OTHER = "9996612343";
  private static final String CODE = "11111";
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final SandboxWorld world =
      new SandboxWorld(
          Sandbox.builder().withoutChannels().strict(true).listener(events::add).start());
  private final BackgroundTime time = new BackgroundTime();
  private final Queue<UserId> oldSessionRemains = new ConcurrentLinkedQueue<>();
  private final UserClients clients =
      new UserClients(
          world.store,
          world.connector(),
          UserClientsOptions.DEFAULT,
          ClientHook.NONE,
          new UserClientsListener() {
            @Override
            public void oldSessionRemains(UserId user) {
              oldSessionRemains.add(user);
            }
          },
          time,
          null);
  private final PendingSignIns signIns =
      new PendingSignIns(clients, new AttemptsInMemory(), SignInOptions.DEFAULT);

  @AfterEach
  void close() {
    clients.close();
    assertThat(signIns.count()).isZero();
    world.awaitConnections(0);
    world.assertNeverTwo();
    world.close();
  }

  private long connections() {
    return world.sandbox.stats().connections();
  }

  private PendingSignIns.Begun begin(String phone) throws InterruptedException {
    PendingSignIns.Begun begun = signIns.begin(phone, HERE);
    assertThat(begun.step()).isInstanceOf(SignInStep.CodeSent.class);
    return begun;
  }

  /** Accepted by Telegram, not completed yet. */
  private SignInId accepted(String phone, String code) throws InterruptedException {
    PendingSignIns.Begun begun = begin(phone);
    assertThat(signIns.submitCode(begun.id(), code)).isInstanceOf(SignInStep.Accepted.class);
    return begun.id();
  }

  private CompletedSignIn signIn(String phone, String code) throws InterruptedException {
    return signIns.complete(accepted(phone, code));
  }

  private TelegramClient client(UserId user) throws InterruptedException {
    return clients.get(user).orThrow();
  }

  private static KeyId key(SavedSession session) {
    return new KeyId(SandboxWorld.keyId(session));
  }

  private boolean isSignedIn(KeyId key) {
    return world.sandbox.world().authorization(key).isPresent();
  }

  private long rpcs(String method) {
    return events.stream()
        .filter(event -> event instanceof Event.Rpc rpc && rpc.method().equals(method))
        .count();
  }

  // --- its end ---------------------------------------------------------------------------------

  @Test
  void a_sign_in_is_over_after_five_minutes_and_closed_at_the_server() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    time.pass(FIVE_MINUTES.minus(A_SECOND));
    world.awaitConnections(1);
    time.pass(A_SECOND);
    world.awaitConnections(0);
    assertThat(signIns.count()).isZero();
    assertThatThrownBy(() -> signIns.submitCode(begun.id(), CODE))
        .isInstanceOf(NoSuchSignInException.class);
    assertThat(rpcs("auth.logOut")).as("nothing was signed in").isZero();
  }

  @Test
  void one_that_telegram_accepted_is_logged_out_there_when_its_time_is_over() throws Exception {
    SignInId id = accepted(PHONE, CODE);
    var account = world.sandbox.world().userByPhone(PHONE).orElseThrow().id();
    assertThat(world.sandbox.world().authorizations(account)).hasSize(1);
    time.pass(FIVE_MINUTES);
    assertThat(world.sandbox.world().authorizations(account)).isEmpty();
    assertThat(rpcs("auth.logOut")).isEqualTo(1);
    world.awaitConnections(0);
    assertThatThrownBy(() -> signIns.complete(id)).isInstanceOf(NoSuchSignInException.class);
  }

  @Test
  void who_lets_a_new_sign_in_expire_keeps_the_one_before() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    KeyId key = key(world.stored(first.user()));
    client(first.user());
    accepted(PHONE, CODE);
    assertThat(clients.get(first.user(), Duration.ofMillis(50)))
        .isInstanceOf(ClientResult.Unreachable.class);
    time.pass(FIVE_MINUTES);
    assertThat(client(first.user()).refreshMe().id()).isEqualTo(first.account().id());
    assertThat(key(world.stored(first.user()))).isEqualTo(key);
    assertThat(isSignedIn(key)).isTrue();
  }

  @Test
  void a_sign_in_that_was_completed_does_not_expire() throws Exception {
    CompletedSignIn done = signIn(PHONE, CODE);
    TelegramClient client = client(done.user());
    time.pass(FIVE_MINUTES.multipliedBy(2));
    assertThat(client(done.user())).isSameAs(client);
    assertThat(client.refreshMe().id()).isEqualTo(done.account().id());
    assertThat(rpcs("auth.logOut")).isZero();
  }

  @Test
  void nothing_is_left_of_a_sign_in_that_a_newer_one_replaced() throws Exception {
    PendingSignIns.Begun first = begin(PHONE);
    SignInId second = accepted(PHONE, CODE);
    assertThat(signIns.count()).isEqualTo(1);
    world.awaitConnections(1);
    assertThatThrownBy(() -> signIns.resendCode(first.id()))
        .isInstanceOf(NoSuchSignInException.class);

    // Now the one before is accepted already.
    SignInId third = accepted(PHONE, CODE);
    assertThat(rpcs("auth.logOut")).isEqualTo(1);
    assertThatThrownBy(() -> signIns.complete(second)).isInstanceOf(NoSuchSignInException.class);
    CompletedSignIn done = signIns.complete(third);
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    assertThat(signIns.count()).isZero();
  }

  @Test
  void a_sign_in_under_way_is_not_ended_by_one_from_elsewhere() throws Exception {
    PendingSignIns.Begun mine = begin(PHONE);
    PendingSignIns.Begun strangers = signIns.begin(PHONE, "198.51.100.9");
    assertThat(signIns.count()).isEqualTo(2);
    assertThatThrownBy(() -> signIns.submitCode(strangers.id(), "54321"))
        .isInstanceOf(RpcException.class);
    // Our Telegram voids the code before, so another one is on its way in the same sign-in.
    assertThat(signIns.submitCode(mine.id(), CODE)).isInstanceOf(SignInStep.CodeSent.class);
    assertThat(signIns.submitCode(mine.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
    // Who has proven to be the owner ends the others, and nobody comes between.
    Eventually.await("the stranger's is over", () -> signIns.count() == 1);
    assertThatThrownBy(() -> signIns.submitCode(strangers.id(), CODE))
        .isInstanceOf(NoSuchSignInException.class);
    SignInId late = signIns.begin(PHONE, "198.51.100.10").id();
    assertThatThrownBy(() -> signIns.submitCode(late, CODE)).isInstanceOf(NoClientException.class);
    CompletedSignIn done = signIns.complete(mine.id());
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    signIns.cancel(late);
  }

  @Test
  void of_two_who_enter_the_right_code_at_once_one_is_accepted() throws Exception {
    for (int round = 0; round < 3; round++) {
      String phone = "999661234" + round;
      List<SignInId> ids =
          List.of(
              signIns.begin(phone, "198.51.100.9").id(), signIns.begin(phone, "192.0.2.9").id());
      List<FutureTask<Boolean>> tries = new ArrayList<>();
      for (SignInId id : ids) {
        FutureTask<Boolean> entering = new FutureTask<>(() -> isAccepted(id));
        tries.add(entering);
        Thread.ofVirtual().start(entering);
      }
      int accepted = 0;
      for (FutureTask<Boolean> each : tries) {
        accepted += each.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(1);
      var account = world.sandbox.world().userByPhone(phone).orElseThrow().id();
      assertThat(world.sandbox.world().authorizations(account)).hasSize(1);
    }
  }

  /** Enters the right code until it is accepted or there is nothing left to enter it for. */
  private boolean isAccepted(SignInId id) throws InterruptedException {
    try {
      while (!(signIns.submitCode(id, CODE) instanceof SignInStep.Accepted)) {
        // Another code was sent.
      }
      return true;
    } catch (NoClientException | NoSuchSignInException | TooManyAttemptsException late) {
      return false;
    }
  }

  @Test
  void a_code_whose_answer_is_lost_ends_the_sign_in_everywhere() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    world.sandbox.faults().set(new Fault.LoseAnswers(false), Aim.method("auth.signIn"), 1);
    assertThatThrownBy(() -> signIns.submitCode(begun.id(), CODE)).isNotNull();
    assertThat(signIns.count()).isZero();
    var account = world.sandbox.world().userByPhone(PHONE).orElseThrow().id();
    assertThat(world.sandbox.world().authorizations(account)).isEmpty();
    world.awaitConnections(0);
  }

  @Test
  void failures_of_telegram_that_do_not_pass_end_the_sign_in_everywhere() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    world.sandbox.faults().set(new Fault.Fail(-503, "TIMEOUT"), Aim.method("auth.signIn"));
    assertThatThrownBy(() -> signIns.submitCode(begun.id(), CODE)).isInstanceOf(RpcException.class);
    assertThat(rpcs("auth.signIn")).as("attempts").isEqualTo(4);
    assertThat(rpcs("auth.logOut")).as("it may have been accepted").isEqualTo(1);
    assertThat(signIns.count()).isZero();
    world.awaitConnections(0);
  }

  @Test
  void an_end_that_does_not_wait_for_a_step_leaves_no_users_place_closed() throws Exception {
    CompletedSignIn owner = signIn(PHONE, CODE);
    SignInId id = begin(PHONE).id();
    Reservation other = new Reservation("its client takes long to close");
    Slot place = clients.slots().reserve(owner.user(), other, A_SECOND);
    FutureTask<SignInStep> submitting = new FutureTask<>(() -> signIns.submitCode(id, CODE));
    Thread submitter = Thread.ofVirtual().start(submitting);
    Eventually.await(
        "the code is being submitted", () -> submitter.getState() == Thread.State.TIMED_WAITING);

    Thread ending = Thread.ofVirtual().start(() -> signIns.cancel(id));
    ending.interrupt();
    world.awaitConnections(0);
    clients.slots().release(place, other);

    assertThatThrownBy(() -> submitting.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(NoSuchSignInException.class);
    Eventually.await(
        "the sign-in is over",
        () -> signIns.count() == 0 && clients.status(owner.user()).isEmpty());
    assertThat(client(owner.user()).refreshMe().id()).isEqualTo(owner.account().id());
    assertThat(rpcs("auth.logOut")).as("nothing was sent").isZero();
  }

  @Test
  void an_id_cannot_be_guessed() throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String value = SignInId.random().value();
      assertThat(value).matches("[A-Za-z0-9_-]{32}");
      seen.add(value);
    }
    assertThat(seen).hasSize(10_000);
    for (int place = 0; place < 32; place++) {
      int where = place;
      // No part of it stands still: 10,000 draws of 64 characters leave none out.
      assertThat(seen.stream().map(id -> id.charAt(where)).distinct().count()).isEqualTo(64);
    }
    PendingSignIns.Begun begun = begin(PHONE);
    String id = begun.id().value();
    assertThat(begun.toString()).doesNotContain(id);
    SignInId near = new SignInId((id.charAt(0) == 'A' ? 'B' : 'A') + id.substring(1));
    assertThatThrownBy(() -> signIns.submitCode(near, CODE))
        .isInstanceOf(NoSuchSignInException.class);
    signIns.cancel(near);
    assertThat(signIns.count()).isEqualTo(1);
  }

  // --- the code once more ----------------------------------------------------------------------

  @Test
  void the_code_is_sent_again_the_next_way_and_telegram_says_when_there_is_none() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    SignInStep.CodeSent first = (SignInStep.CodeSent) begun.step();
    assertThat(first.delivery()).isInstanceOf(CodeDelivery.Sms.class);
    assertThat(first.next()).isEqualTo(CodeDelivery.Next.CALL);
    assertThat(first.resendAfter()).isEqualTo(Duration.ofSeconds(60));

    assertThat(signIns.resendCode(begun.id()))
        .isInstanceOfSatisfying(
            SignInStep.CodeSent.class,
            sent -> {
              assertThat(sent.delivery()).isInstanceOf(CodeDelivery.Call.class);
              assertThat(sent.next()).isNull();
            });
    assertThat(events.stream().filter(Event.Code.class::isInstance)).hasSize(2);

    RpcException none =
        catchThrowableOfType(RpcException.class, () -> signIns.resendCode(begun.id()));
    assertThat(none.error()).isEqualTo("SEND_CODE_UNAVAILABLE");
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
  }

  @Test
  void asking_for_the_code_again_too_early_is_refused_until_the_wait_is_over() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    fail(Fault.floodWait(Duration.ofSeconds(57)), "auth.resendCode", 1);
    assertThat(floodWait(() -> signIns.resendCode(begun.id()))).isEqualTo(Duration.ofSeconds(57));
    time.pass(Duration.ofSeconds(27));
    assertThat(floodWait(() -> signIns.resendCode(begun.id()))).isEqualTo(Duration.ofSeconds(30));
    assertThat(rpcs("auth.resendCode")).as("Telegram is not asked again").isEqualTo(1);
    world.awaitConnections(1);
    time.pass(Duration.ofSeconds(30));
    assertThat(signIns.resendCode(begun.id())).isInstanceOf(SignInStep.CodeSent.class);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
  }

  // --- refusals and errors ----------------------------------------------------------------------

  private void fail(Fault.Fail failure, String method, int times) {
    world.sandbox.faults().set(failure, Aim.method(method), times);
  }

  private interface Asking {
    Object ask() throws InterruptedException;
  }

  private static Duration floodWait(Asking asking) {
    return catchThrowableOfType(RpcException.FloodWait.class, asking::ask).delay();
  }

  @Test
  void a_flood_wait_for_the_number_holds_for_the_next_sign_in_too() throws Exception {
    fail(Fault.floodWait(Duration.ofSeconds(90)), "auth.sendCode", 1);
    assertThat(floodWait(() -> signIns.begin(PHONE, HERE))).isEqualTo(Duration.ofSeconds(90));
    assertThat(signIns.count()).isZero();
    assertThat(floodWait(() -> signIns.begin(PHONE, HERE))).isEqualTo(Duration.ofSeconds(90));
    assertThat(rpcs("auth.sendCode")).as("Telegram is not asked again").isEqualTo(1);
    assertThat(begin(OTHER).step()).as("another number").isInstanceOf(SignInStep.CodeSent.class);
    time.pass(Duration.ofSeconds(90));
    assertThat(begin(PHONE).step()).isInstanceOf(SignInStep.CodeSent.class);
  }

  @Test
  void flood_waits_of_code_and_password_are_obeyed_and_the_sign_in_goes_on() throws Exception {
    PendingSignIns.Begun begun = begin("9996612347");
    fail(Fault.floodWait(Duration.ofSeconds(5)), "auth.signIn", 1);
    fail(Fault.floodWait(Duration.ofSeconds(7)), "auth.checkPassword", 1);
    assertThat(floodWait(() -> signIns.submitCode(begun.id(), CODE)))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(floodWait(() -> signIns.submitCode(begun.id(), CODE)))
        .isEqualTo(Duration.ofSeconds(5));
    time.pass(Duration.ofSeconds(5));
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    assertThat(floodWait(() -> signIns.submitPassword(begun.id(), "secret")))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(floodWait(() -> signIns.submitPassword(begun.id(), "secret")))
        .isEqualTo(Duration.ofSeconds(7));
    time.pass(Duration.ofSeconds(7));
    assertThat(signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(SignInStep.Accepted.class);
    assertThat(rpcs("auth.signIn")).isEqualTo(2);
    assertThat(rpcs("auth.checkPassword")).isEqualTo(2);
  }

  @Test
  void passing_failures_of_telegram_are_retried_in_every_step() throws Exception {
    fail(new Fault.Fail(500, "AUTH_RESTART"), "auth.sendCode", 2);
    PendingSignIns.Begun begun = begin("9996612347");
    fail(new Fault.Fail(500, "RPC_CALL_FAIL"), "auth.resendCode", 2);
    assertThat(signIns.resendCode(begun.id())).isInstanceOf(SignInStep.CodeSent.class);
    fail(new Fault.Fail(-503, "TIMEOUT"), "auth.signIn", 2);
    fail(new Fault.Fail(500, "INTERNAL"), "account.getPassword", 1);
    assertThat(signIns.submitCode(begun.id(), CODE))
        .isInstanceOfSatisfying(
            SignInStep.PasswordNeeded.class, needed -> assertThat(needed.hint()).isNotBlank());
    fail(new Fault.Fail(-503, "TIMEOUT"), "auth.checkPassword", 2);
    assertThat(signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(SignInStep.Accepted.class);
    CompletedSignIn done = signIns.complete(begun.id());
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    assertThat(rpcs("auth.logOut")).isZero();
  }

  @Test
  void a_code_that_expired_is_replaced_by_another_one_in_the_same_sign_in() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    fail(new Fault.Fail(400, "PHONE_CODE_EXPIRED"), "auth.signIn", 1);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.CodeSent.class);
    assertThat(rpcs("auth.sendCode")).isEqualTo(2);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
    assertThat(signIns.complete(begun.id()).account().phone()).isEqualTo(PHONE);
  }

  @Test
  void a_sign_in_that_telegram_restarts_at_the_password_begins_again_with_a_code()
      throws Exception {
    PendingSignIns.Begun begun = begin("9996612347");
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    fail(new Fault.Fail(500, "AUTH_RESTART"), "auth.checkPassword", 1);
    assertThat(signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(SignInStep.CodeSent.class);
    assertThat(rpcs("auth.checkPassword")).as("a restart is not retried").isEqualTo(1);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    assertThat(signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(SignInStep.Accepted.class);
  }

  @Test
  void codes_that_expire_again_and_again_are_requested_no_more_often_than_the_limit()
      throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    world
        .sandbox
        .faults()
        .set(new Fault.Fail(400, "PHONE_CODE_EXPIRED"), Aim.method("auth.signIn"));
    for (int i = 0; i < 4; i++) {
      assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.CodeSent.class);
    }
    assertThatThrownBy(() -> signIns.submitCode(begun.id(), CODE))
        .isInstanceOf(TooManyAttemptsException.class);
    assertThat(rpcs("auth.sendCode")).isEqualTo(5);
  }

  @Test
  void a_key_that_telegram_calls_unauthorised_at_the_password_ends_the_sign_in() throws Exception {
    PendingSignIns.Begun begun = begin("9996612347");
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    fail(new Fault.Fail(401, "SOMETHING_NEW"), "auth.checkPassword", 1);
    assertThatThrownBy(() -> signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(NoSuchSignInException.class)
        .hasRootCauseInstanceOf(RpcException.class);
    assertThat(signIns.count()).isZero();
    world.awaitConnections(0);
  }

  @Test
  void a_stored_key_that_never_came_to_its_password_is_an_ended_session() throws Exception {
    CompletedSignIn done = signIn(PHONE, CODE);
    KeyId key = key(world.stored(done.user()));
    assertThat(clients.disconnect(done.user())).isTrue();
    world
        .sandbox
        .faults()
        .set(
            new Fault.Fail(401, "SESSION_PASSWORD_NEEDED"), Aim.key(key).calling("users.getUsers"));
    assertThat(clients.get(done.user()))
        .isInstanceOfSatisfying(
            ClientResult.SessionEnded.class,
            ended -> assertThat(ended.end().reason()).isEqualTo("SESSION_PASSWORD_NEEDED"));
    assertThat(world.store.find(done.user())).isInstanceOf(StoredSession.Ended.class);
  }

  // --- numbers and people ----------------------------------------------------------------------

  @Test
  void a_recycled_number_is_a_new_user_and_the_old_one_keeps_their_session() throws Exception {
    CompletedSignIn old = signIn(PHONE, CODE);
    KeyId oldKey = key(world.stored(old.user()));
    client(old.user());
    // When they were seen last they had the number that is somebody else's now.
    world.store.seen(old.user(), new Me(old.account().id(), "Old", null, null, OTHER));

    SignInId id = accepted(OTHER, CODE);
    assertThat(clients.get(old.user(), Duration.ofMillis(50)))
        .as("kept closed until it is known who it is")
        .isInstanceOf(ClientResult.Unreachable.class);
    CompletedSignIn fresh = signIns.complete(id);

    assertThat(fresh.created()).isTrue();
    assertThat(fresh.user()).isNotEqualTo(old.user());
    assertThat(fresh.account().id()).isNotEqualTo(old.account().id());
    assertThat(rpcs("auth.logOut")).as("the old one's key is not theirs to end").isZero();
    assertThat(isSignedIn(oldKey)).isTrue();
    assertThat(client(old.user()).refreshMe().id()).isEqualTo(old.account().id());
    assertThat(client(fresh.user()).refreshMe().id()).isEqualTo(fresh.account().id());
  }

  @Test
  void who_has_another_number_now_is_the_same_user() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    KeyId oldKey = key(world.stored(first.user()));
    client(first.user());
    // The store knows an older number of theirs, so it cannot know which client to close.
    world.store.seen(first.user(), new Me(first.account().id(), "Who", null, null, "7900"));
    assertThat(clients.disconnect(first.user())).isTrue();

    SignInId id = accepted(PHONE, CODE);
    assertThat(clients.get(first.user(), Duration.ofMillis(50)))
        .as("kept closed once it is known who it is")
        .isInstanceOf(ClientResult.Unreachable.class);
    CompletedSignIn second = signIns.complete(id);

    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.created()).isFalse();
    assertThat(isSignedIn(oldKey)).as("the key that was replaced").isFalse();
    assertThat(client(first.user()).refreshMe().id()).isEqualTo(first.account().id());
  }

  @Test
  void a_client_that_nobody_could_know_of_is_closed_as_soon_as_telegram_accepts() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    TelegramClient open = client(first.user());
    world.store.seen(first.user(), new Me(first.account().id(), "Who", null, null, "7900"));

    SignInId id = accepted(PHONE, CODE);
    assertThat(open.awaitClosed(Duration.ZERO)).isTrue();
    world.awaitConnections(1);
    // The one case in which two are open for a moment, as the documentation says.
    assertThat(world.sandbox.stats().maxOpenPerKey()).isEqualTo(1);
    assertThat(world.sandbox.stats().maxOpenPerAccount()).isEqualTo(2);
    world.sandbox.resetConnectionCounts();
    assertThat(signIns.complete(id).user()).isEqualTo(first.user());
    assertThat(client(first.user()).refreshMe().id()).isEqualTo(first.account().id());
  }

  // --- another data centre ---------------------------------------------------------------------

  @Test
  void a_number_of_another_data_centre_is_stored_with_it_and_opened_there() throws Exception {
    CompletedSignIn done = signIn("9996622341", "22222");
    assertThat(rpcs("auth.sendCode")).as("refused by the first, taken by the second").isEqualTo(2);
    SavedSession stored = world.stored(done.user());
    assertThat(stored.dc()).isEqualTo(new DcId(2));

    assertThat(clients.disconnect(done.user())).isTrue();
    events.clear();
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    assertThat(dialled()).containsExactly(2);
    assertThat(key(world.stored(done.user()))).isEqualTo(key(stored));
  }

  private List<Integer> dialled() {
    return events.stream()
        .filter(Event.ConnectionOpened.class::isInstance)
        .map(event -> ((Event.ConnectionOpened) event).dc())
        .toList();
  }

  @Test
  void an_account_that_telegram_moves_is_stored_with_its_new_key_and_opened_there()
      throws Exception {
    CompletedSignIn done = signIn(PHONE, CODE);
    SavedSession before = world.stored(done.user());
    world
        .sandbox
        .faults()
        .set(Fault.migrate(Fault.Moved.USER, 2), Aim.key(key(before)).calling("users.getUsers"), 1);
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    Eventually.await(
        "the new key is stored", () -> !key(world.stored(done.user())).equals(key(before)));
    assertThat(world.stored(done.user()).dc()).isEqualTo(new DcId(2));

    assertThat(clients.disconnect(done.user())).isTrue();
    events.clear();
    assertThat(client(done.user()).refreshMe().id()).isEqualTo(done.account().id());
    assertThat(dialled()).containsExactly(2);
  }

  @Test
  void the_key_of_an_account_that_is_moved_is_stored_only_when_it_is_signed_in() throws Exception {
    CompletedSignIn done = signIn(PHONE, CODE);
    SavedSession before = world.stored(done.user());
    TelegramClient client = client(done.user());
    var faults = world.sandbox.faults();
    faults.set(
        Fault.migrate(Fault.Moved.USER, 2), Aim.key(key(before)).calling("users.getUsers"), 1);
    StandingFault slow =
        faults.set(
            new Fault.DelayAnswers(Duration.ofSeconds(1)),
            Aim.method("auth.importAuthorization"),
            1);
    CompletableFuture<Me> moving = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            moving.complete(client.refreshMe());
          } catch (InterruptedException | RuntimeException e) {
            moving.completeExceptionally(e);
          }
        });
    Eventually.await("the fault strikes", () -> slow.struck() > 0);
    assertThat(client.session()).isEqualTo(before);
    assertThat(world.stored(done.user())).isEqualTo(before);
    assertThat(moving.get(30, TimeUnit.SECONDS).id()).isEqualTo(done.account().id());
    Eventually.await(
        "the new key is stored", () -> !key(world.stored(done.user())).equals(key(before)));
    assertThat(client.session()).isEqualTo(world.stored(done.user()));
  }

  // --- the farewell of the key that is replaced --------------------------------------------------

  @Test
  void a_farewell_that_telegram_refuses_is_reported_and_the_new_sign_in_works() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    KeyId oldKey = key(world.stored(first.user()));
    world
        .sandbox
        .faults()
        .set(new Fault.Fail(500, "INTERNAL"), Aim.key(oldKey).calling("auth.logOut"));
    assertThat(signIn(PHONE, CODE).user()).isEqualTo(first.user());
    assertThat(oldSessionRemains).containsExactly(first.user());
    assertThat(isSignedIn(oldKey)).isTrue();
    assertThat(key(world.stored(first.user()))).isNotEqualTo(oldKey);
    assertThat(client(first.user()).refreshMe().id()).isEqualTo(first.account().id());
    world.awaitConnections(1);
  }

  @Test
  void a_farewell_that_cannot_reach_telegram_is_given_up_and_reported() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    KeyId oldKey = key(world.stored(first.user()));
    SignInId id = accepted(PHONE, CODE);
    try (StandingFault dead = world.sandbox.faults().set(new Fault.Silence(), Aim.key(oldKey))) {
      CompletableFuture<CompletedSignIn> second = completing(id);
      Eventually.await("the fault strikes", () -> dead.struck() > 0);
      // The old key's connection is the only one, and the user's place is kept closed for it.
      world.awaitConnections(1);
      assertThat(clients.get(first.user(), Duration.ofMillis(50)))
          .isInstanceOf(ClientResult.Unreachable.class);
      assertThat(second.get(60, TimeUnit.SECONDS).user()).isEqualTo(first.user());
    }
    assertThat(oldSessionRemains).containsExactly(first.user());
    assertThat(isSignedIn(oldKey)).isTrue();
    assertThat(client(first.user()).refreshMe().id()).isEqualTo(first.account().id());
    world.awaitConnections(1);
  }

  @Test
  void a_key_that_is_replaced_while_the_users_place_cannot_be_had_is_reported() throws Exception {
    PendingSignIns.Begun begun = begin(PHONE);
    Me account = ((SignInStep.Accepted) signIns.submitCode(begun.id(), CODE)).account();
    UserId user = new UserId(7);
    world.store.put(user, FakeManagedClient.SESSION);
    world.store.seen(user, account);
    Reservation other = new Reservation("its client takes long to close");
    Slot place = clients.slots().reserve(user, other, A_SECOND);
    FutureTask<CompletedSignIn> completing = new FutureTask<>(() -> signIns.complete(begun.id()));
    Thread completer = Thread.ofVirtual().start(completing);
    Eventually.await(
        "the sign-in is being completed", () -> completer.getState() == Thread.State.TIMED_WAITING);
    completer.interrupt();

    assertThatThrownBy(() -> completing.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(oldSessionRemains).containsExactly(user);
    clients.slots().release(place, other);
    assertThat(key(world.stored(user))).isNotEqualTo(key(FakeManagedClient.SESSION));
    assertThat(client(user).refreshMe().id()).isEqualTo(account.id());
  }

  @Test
  void closing_cuts_a_farewell_short_and_opens_nothing_after() throws Exception {
    CompletedSignIn first = signIn(PHONE, CODE);
    KeyId oldKey = key(world.stored(first.user()));
    SignInId id = accepted(PHONE, CODE);
    StandingFault dead = world.sandbox.faults().set(new Fault.Silence(), Aim.key(oldKey));
    CompletableFuture<CompletedSignIn> second = completing(id);
    Eventually.await("the fault strikes", () -> dead.struck() > 0);
    assertThat(clients.close(Duration.ofSeconds(30))).isEmpty();
    world.awaitConnections(0);
    assertThat(second.get(60, TimeUnit.SECONDS).user()).as("it is stored").isEqualTo(first.user());
    assertThat(key(world.stored(first.user()))).isNotEqualTo(oldKey);
    world.awaitConnections(0);
    // Somebody else may open them now.
    world.store.claim().release();
  }

  private CompletableFuture<CompletedSignIn> completing(SignInId id) {
    CompletableFuture<CompletedSignIn> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(signIns.complete(id));
          } catch (InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  @Test
  void closing_waits_for_telegram_no_longer_than_it_may() throws Exception {
    SignInId id = accepted(PHONE, CODE);
    StandingFault lost = world.sandbox.faults().set(new Fault.Silence());
    CompletableFuture<Set<UserId>> closing = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            closing.complete(clients.close(Duration.ofMillis(200)));
          } catch (InterruptedException e) {
            closing.completeExceptionally(e);
          }
        });
    // Saying goodbye would take ten seconds.
    assertThat(closing.get(8, TimeUnit.SECONDS)).isEmpty();
    assertThatThrownBy(world.store::claim)
        .as("kept while a connection may be open")
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> signIns.complete(id)).isInstanceOf(NoSuchSignInException.class);
    lost.close();
    Eventually.await("nothing is left", () -> connections() == 0 && signIns.count() == 0);
  }
}
