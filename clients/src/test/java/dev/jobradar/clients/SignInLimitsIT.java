package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jobradar.clients.Attempt.Kind;
import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever tries too often is refused before Telegram hears of it, by the sandbox's count. */
@Timeout(120)
class SignInLimitsIT {
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";
  private static final String PHONE = "9996612341";
  private static final String OTHER = "9996612343";
  private static final String CODE = "11111";
  private static final String WRONG_CODE = "54321";
  private static final Duration HOUR = Duration.ofHours(1);

  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final SandboxWorld world =
      new SandboxWorld(
          Sandbox.builder().withoutChannels().strict(true).listener(events::add).start());
  private final BackgroundTime time = new BackgroundTime();
  private final AttemptStore store = new AttemptsInMemory();
  private UserClients clients = open();

  private UserClients open() {
    return open(world.connector());
  }

  private UserClients open(Connector connector) {
    return new UserClients(
        world.store,
        connector,
        UserClientsOptions.DEFAULT,
        ClientHook.NONE,
        UserClientsListener.NONE,
        time,
        null);
  }

  @AfterEach
  void close() {
    clients.close();
    world.awaitConnections(0);
    world.assertNeverTwo();
    world.close();
  }

  /** One of this kind is allowed per hour in this scope, and many in all others. */
  private PendingSignIns oneAnHour(Kind kind, Scope scope) {
    Map<Scope, AttemptLimit> many = new EnumMap<>(Scope.class);
    for (Scope each : Scope.values()) {
      many.put(each, new AttemptLimit(100, HOUR));
    }
    Map<Scope, AttemptLimit> one = new EnumMap<>(many);
    one.put(scope, new AttemptLimit(1, HOUR));
    SignInOptions options =
        switch (kind) {
          case CODE_REQUEST -> new SignInOptions(Duration.ofMinutes(5), 10, one, many);
          case WRONG_ENTRY -> new SignInOptions(Duration.ofMinutes(5), 10, many, one);
        };
    return new PendingSignIns(clients, store, options);
  }

  /** What Telegram has noticed of sign-ins: connections made, codes asked for, codes tried. */
  private long heard() {
    return events.stream()
        .filter(event ->
            event instanceof Event.ConnectionOpened
                || (event instanceof Event.Rpc rpc && rpc.method().startsWith("auth.")))
        .count();
  }

  private void assertRefused(Kind kind, Scope scope, Asking asking) {
    long before = heard();
    TooManyAttemptsException refused =
        catchThrowableOfType(TooManyAttemptsException.class, asking::run);
    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.scope()).isEqualTo(scope);
    assertThat(refused.allowedAt()).isAfter(time.now()).isBeforeOrEqualTo(time.now().plus(HOUR));
    assertThat(heard()).as("what Telegram heard of it").isEqualTo(before);
  }

  private interface Asking {
    void run() throws InterruptedException;
  }

  private static String phone(Scope scope) {
    return scope == Scope.PHONE ? PHONE : OTHER;
  }

  private static String address(Scope scope) {
    return scope == Scope.ADDRESS ? HERE : ELSEWHERE;
  }

  @ParameterizedTest
  @EnumSource
  void too_many_codes_are_refused_before_telegram_is_asked(Scope scope) throws Exception {
    PendingSignIns signIns = oneAnHour(Kind.CODE_REQUEST, scope);
    PendingSignIns.Begun first = signIns.begin(PHONE, HERE);

    assertRefused(Kind.CODE_REQUEST, scope, () -> signIns.begin(phone(scope), address(scope)).id());
    assertRefused(Kind.CODE_REQUEST, scope, () -> signIns.resendCode(first.id()));
    assertThat(signIns.count()).isEqualTo(1);
    assertThat(signIns.submitCode(first.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
    signIns.cancel(first.id());

    if (scope != Scope.SERVER) {
      // Nobody else suffers.
      String phone = scope == Scope.PHONE ? OTHER : PHONE;
      String address = scope == Scope.ADDRESS ? ELSEWHERE : HERE;
      assertThat(signIns.begin(phone, address).step()).isInstanceOf(SignInStep.CodeSent.class);
    }
    time.pass(HOUR);
    assertThat(signIns.begin(phone(scope), address(scope)).step())
        .isInstanceOf(SignInStep.CodeSent.class);
  }

  @ParameterizedTest
  @EnumSource
  void after_too_many_wrong_codes_not_even_the_right_one_is_tried(Scope scope) throws Exception {
    PendingSignIns signIns = oneAnHour(Kind.WRONG_ENTRY, scope);
    PendingSignIns.Begun first = signIns.begin(PHONE, HERE);
    RpcException wrong =
        catchThrowableOfType(RpcException.class, () -> signIns.submitCode(first.id(), WRONG_CODE));
    assertThat(wrong.error()).isEqualTo("PHONE_CODE_INVALID");

    assertRefused(Kind.WRONG_ENTRY, scope, () -> signIns.submitCode(first.id(), CODE));
    PendingSignIns.Begun second = signIns.begin(phone(scope), address(scope));
    assertRefused(Kind.WRONG_ENTRY, scope, () -> signIns.submitCode(second.id(), CODE));

    time.pass(HOUR);
    PendingSignIns.Begun third = signIns.begin(phone(scope), address(scope));
    assertThat(signIns.submitCode(third.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
  }

  @Test
  void a_wrong_password_counts_as_a_wrong_code_does() throws Exception {
    PendingSignIns signIns = oneAnHour(Kind.WRONG_ENTRY, Scope.PHONE);
    PendingSignIns.Begun begun = signIns.begin("9996612347", HERE);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    RpcException wrong =
        catchThrowableOfType(RpcException.class, () -> signIns.submitPassword(begun.id(), "wrong"));
    assertThat(wrong.error()).isEqualTo("PASSWORD_HASH_INVALID");
    assertRefused(
        Kind.WRONG_ENTRY, Scope.PHONE, () -> signIns.submitPassword(begun.id(), "secret"));
  }

  @Test
  void what_one_limit_refuses_is_counted_by_none() throws Exception {
    Map<Scope, AttemptLimit> limits =
        Map.of(
            Scope.PHONE, new AttemptLimit(1, HOUR),
            Scope.ADDRESS, new AttemptLimit(1, HOUR),
            Scope.SERVER, new AttemptLimit(2, HOUR));
    PendingSignIns signIns =
        new PendingSignIns(
            clients, store, new SignInOptions(Duration.ofMinutes(5), 10, limits, limits));
    assertThat(signIns.begin(PHONE, HERE).step()).isInstanceOf(SignInStep.CodeSent.class);
    for (int i = 0; i < 3; i++) {
      assertRefused(Kind.CODE_REQUEST, Scope.ADDRESS, () -> signIns.begin(OTHER, HERE).id());
    }
    assertThat(signIns.begin(OTHER, ELSEWHERE).step()).isInstanceOf(SignInStep.CodeSent.class);
  }

  @Test
  void right_codes_are_not_counted() throws Exception {
    PendingSignIns signIns = oneAnHour(Kind.WRONG_ENTRY, Scope.PHONE);
    for (int i = 0; i < 3; i++) {
      PendingSignIns.Begun begun = signIns.begin(PHONE, HERE);
      assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.Accepted.class);
      assertThat(signIns.complete(begun.id()).account().id()).isPositive();
    }
  }

  @Test
  void a_restart_opens_no_door() throws Exception {
    PendingSignIns signIns = oneAnHour(Kind.CODE_REQUEST, Scope.PHONE);
    signIns.begin(PHONE, HERE);
    clients.close();

    clients = open();
    PendingSignIns after = oneAnHour(Kind.CODE_REQUEST, Scope.PHONE);
    assertRefused(Kind.CODE_REQUEST, Scope.PHONE, () -> after.begin(PHONE, ELSEWHERE).id());
    assertThat(after.count()).isZero();
  }

  @Test
  void no_more_than_so_many_are_pending_at_a_time() throws Exception {
    SignInOptions usual = SignInOptions.DEFAULT;
    PendingSignIns signIns =
        new PendingSignIns(
            clients,
            store,
            new SignInOptions(usual.validFor(), 1, usual.codeRequests(), usual.wrongEntries()));
    PendingSignIns.Begun first = signIns.begin(PHONE, HERE);
    assertRefused(Kind.CODE_REQUEST, Scope.SERVER, () -> signIns.begin(OTHER, HERE).id());
    signIns.cancel(first.id());
    assertThat(signIns.begin(OTHER, HERE).step()).isInstanceOf(SignInStep.CodeSent.class);
  }

  @Test
  void what_never_reached_telegram_is_not_counted() throws Exception {
    clients.close();
    clients =
        open(Connector.of(world.telegram(builder -> builder.callTimeout(Duration.ofMillis(500)))));
    PendingSignIns signIns = oneAnHour(Kind.CODE_REQUEST, Scope.PHONE);
    world.sandbox.stopListening(1);
    CallFailedException unreachable =
        catchThrowableOfType(CallFailedException.class, () -> signIns.begin(PHONE, HERE).id());
    assertThat(unreachable.progress()).isEqualTo(CallFailedException.Progress.NEVER_SENT);
    assertThat(signIns.count()).isZero();
    world.sandbox.startListening(1);
    clients.close();
    clients = open();
    assertThat(oneAnHour(Kind.CODE_REQUEST, Scope.PHONE).begin(PHONE, HERE).step())
        .isInstanceOf(SignInStep.CodeSent.class);
  }

  @Test
  void a_step_that_is_refused_here_is_not_counted() throws Exception {
    PendingSignIns signIns = new PendingSignIns(clients, store, SignInOptions.DEFAULT);
    PendingSignIns.Begun begun = signIns.begin("9996612347", HERE);
    assertThat(signIns.submitCode(begun.id(), CODE)).isInstanceOf(SignInStep.PasswordNeeded.class);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> signIns.resendCode(begun.id()))
          .isInstanceOf(WrongStepException.class);
    }
  }
}
