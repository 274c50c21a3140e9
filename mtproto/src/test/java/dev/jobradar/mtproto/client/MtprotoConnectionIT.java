package dev.jobradar.mtproto.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.tl.api.NearestDc;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.mtproto.RpcError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class MtprotoConnectionIT {
  private static final KeepAlive IMPATIENT =
      new KeepAlive(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));
  private static final Backoff QUICK =
      new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(20));

  private KeepAlive keepAlive = IMPATIENT;
  private LoopbackServer server;
  private final List<MtprotoConnection> connections = new ArrayList<>();
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    server = new LoopbackServer();
  }

  @AfterEach
  void stop() throws Exception {
    connections.forEach(MtprotoConnection::close);
    server.close();
  }

  private MtprotoConnection connect() throws Exception {
    return connect(new Transport.Plain(Framing.INTERMEDIATE));
  }

  private MtprotoConnection connect(Transport transport) throws Exception {
    return connect(transport, Dialer.direct(), Framing.DEFAULT_MAX_PAYLOAD);
  }

  private MtprotoConnection connect(Transport transport, Dialer dialer, int maxPacket)
      throws Exception {
    return connect(List.of(server.address), transport, dialer, maxPacket);
  }

  private MtprotoConnection connect(
      List<InetSocketAddress> addresses, Transport transport, Dialer dialer, int maxPacket)
      throws Exception {
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void onUpdates(Slice updates) {
            heard.add(updates);
          }

          @Override
          public void onReady() {
            heard.add("ready");
          }

          @Override
          public void onClosed(@Nullable MtprotoException cause) {
            heard.add(cause == null ? "closed" : cause);
          }
        };
    MtprotoConnection connection =
        new MtprotoConnection(
            ConnectionOptions.builder(addresses, new DcId(2), ClientInfo.of(1, "test", "1.0"))
                .knownKey(new KnownKey(server.key, 0, null))
                .transport(transport)
                .dialer(dialer)
                .maxPacket(maxPacket)
                .keepAlive(keepAlive)
                .backoff(QUICK)
                .handshakeTimeout(Duration.ofSeconds(5))
                .build(),
            listener);
    connections.add(connection);
    connection.open();
    return connection;
  }

  private static NearestDc call(MtprotoConnection connection) throws InterruptedException {
    return connection.invoke(new Help.GetNearestDc(), CallOptions.REPEATABLE);
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private Object hear() throws InterruptedException {
    Object next = heard.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("something to hear of").isNotNull();
    return next;
  }

  private void assertNeverTwo() {
    assertThat(server.maxOpen()).isEqualTo(1);
  }

  static Stream<Transport> transports() {
    return Stream.of(
        new Transport.Plain(Framing.ABRIDGED),
        new Transport.Plain(Framing.INTERMEDIATE),
        new Transport.Plain(Framing.PADDED_INTERMEDIATE),
        new Transport.Plain(Framing.FULL),
        new Transport.Obfuscated(Framing.ABRIDGED),
        new Transport.Obfuscated(Framing.INTERMEDIATE),
        new Transport.Obfuscated(Framing.PADDED_INTERMEDIATE));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void calls_are_answered_over_every_transport(Transport transport) throws Exception {
    MtprotoConnection connection = connect(transport);
    assertThat(call(connection).country()).isEqualTo("RU");
    assertThat(call(connection).country()).isEqualTo("RU");
    server.drop();
    assertThat(call(connection).country()).isEqualTo("RU");
    assertNeverTwo();
  }

  @Test
  void an_error_is_thrown_with_its_method() throws Exception {
    MtprotoConnection connection = connect();
    assertThatThrownBy(() -> connection.invoke(new Help.GetConfig(), CallOptions.ONCE))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.method()).isEqualTo("help.getConfig");
              assertThat(e.error()).isEqualTo("METHOD_INVALID");
            });
  }

  @Test
  void many_callers_share_the_one_connection() throws Exception {
    MtprotoConnection connection = connect();
    List<FutureTask<NearestDc>> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(inBackground(() -> call(connection)));
    }
    for (FutureTask<NearestDc> each : calls) {
      assertThat(each.get(20, TimeUnit.SECONDS).country()).isEqualTo("RU");
    }
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void an_interrupted_caller_disturbs_nobody() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    List<Thread> threads = new ArrayList<>();
    List<FutureTask<NearestDc>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      FutureTask<NearestDc> task = new FutureTask<>(() -> call(connection));
      calls.add(task);
      threads.add(Thread.ofVirtual().start(task));
    }
    List<LoopbackServer.HeldCall> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      held.add(server.awaitHeld());
    }
    for (int i = 0; i < 10; i++) {
      threads.get(i).interrupt();
    }
    for (int i = 0; i < 10; i++) {
      FutureTask<NearestDc> interrupted = calls.get(i);
      assertThatThrownBy(() -> interrupted.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
    held.forEach(server::answer);
    for (int i = 10; i < 20; i++) {
      assertThat(calls.get(i).get(20, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void a_dropped_connection_is_opened_again_after_it_was_closed() throws Exception {
    MtprotoConnection connection = connect();
    for (int i = 0; i < 10; i++) {
      call(connection);
      server.drop();
    }
    call(connection);
    assertNeverTwo();
    assertThat(server.accepted()).isBetween(2, 12);
  }

  @Test
  void a_silent_server_is_noticed_and_left() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.deaf = true;
    FutureTask<NearestDc> waiting = inBackground(() -> call(connection));
    // The reader of a deaf server still reads to the end: closing is seen.
    while (server.accepted() < 2) {
      assertThat(connection.state()).isNotInstanceOf(ConnectionState.Closed.class);
      Thread.onSpinWait();
    }
    server.deaf = false;
    assertThat(waiting.get(30, TimeUnit.SECONDS).country()).isEqualTo("RU");
    assertNeverTwo();
  }

  @Test
  void a_call_that_was_acknowledged_is_not_sent_again() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting = inBackground(() -> call(connection));
    LoopbackServer.HeldCall call = server.awaitHeld();
    server.drop();
    server.holding = false;
    call(connection);
    int executed = server.executed();
    server.answer(call);
    assertThat(waiting.get(20, TimeUnit.SECONDS).country()).isEqualTo("RU");
    assertThat(server.executed()).isEqualTo(executed);
  }

  @Test
  void a_call_whose_answer_is_lost_is_handed_back_as_such() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting =
        inBackground(() ->
            connection.invoke(
                new Help.GetNearestDc(), CallOptions.ONCE.within(Duration.ofSeconds(30))));
    server.awaitHeld();
    server.holding = false;
    server.forgetSessions();
    server.drop();
    assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CallFailedException.class)
        .rootCause()
        .satisfies(e -> {
          assertThat(((CallFailedException) e).reason()).isEqualTo(Reason.SESSION_LOST);
          assertThat(((CallFailedException) e).progress()).isNotEqualTo(Progress.NEVER_SENT);
        });
    assertThat(call(connection)).isNotNull();
  }

  @Test
  void a_call_times_out_with_what_is_known_of_it() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting =
        inBackground(() ->
            connection.invoke(
                new Help.GetNearestDc(), CallOptions.ONCE.within(Duration.ofSeconds(3))));
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CallFailedException.class)
        .rootCause()
        .satisfies(e -> {
          assertThat(((CallFailedException) e).reason()).isEqualTo(Reason.TIMED_OUT);
          assertThat(((CallFailedException) e).progress()).isEqualTo(Progress.ACKNOWLEDGED);
        });
  }

  @Test
  void a_server_that_cannot_be_reached_leaves_the_call_unsent_and_names_the_cause()
      throws Exception {
    server.close();
    MtprotoConnection connection = connect();
    CallFailedException failure =
        catchThrowableOfType(
            CallFailedException.class,
            () ->
                connection.invoke(
                    new Help.GetNearestDc(), CallOptions.ONCE.within(Duration.ofSeconds(5))));
    assertThat(failure.progress()).isEqualTo(Progress.NEVER_SENT);
    assertThat(failure.getCause()).isInstanceOf(TransportException.class);
  }

  @Test
  void a_key_that_the_server_denies_twice_is_the_end() throws Exception {
    server.denials.set(2);
    MtprotoConnection connection = connect();
    assertThat(hear())
        .isInstanceOfSatisfying(TransportException.class, e -> assertThat(e.is(404)).isTrue());
    assertThat(server.accepted()).isEqualTo(2);
    assertThatThrownBy(() -> call(connection)).isInstanceOf(ConnectionClosedException.class);
    assertNeverTwo();
  }

  @Test
  void a_key_that_is_denied_once_goes_on() throws Exception {
    server.denials.set(1);
    MtprotoConnection connection = connect();
    assertThat(call(connection)).isNotNull();
    assertNeverTwo();
  }

  @Test
  void an_answer_that_was_lost_with_its_connection_is_asked_for() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting =
        inBackground(() -> connection.invoke(new Help.GetNearestDc(), CallOptions.ONCE));
    LoopbackServer.HeldCall call = server.awaitHeld();
    int executed = server.executed();
    server.lose(call);
    assertThat(waiting.get(20, TimeUnit.SECONDS).country()).isEqualTo("RU");
    assertThat(server.executed()).isEqualTo(executed);
    assertNeverTwo();
  }

  @Test
  void calls_wait_until_the_connection_is_introduced() throws Exception {
    server.refusals.set(1);
    MtprotoConnection connection = connect();
    List<FutureTask<NearestDc>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(inBackground(() -> call(connection)));
    }
    for (FutureTask<NearestDc> each : calls) {
      assertThat(each.get(20, TimeUnit.SECONDS).country()).isEqualTo("RU");
    }
    assertThat(server.unintroduced.get()).isZero();
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void a_refusal_of_the_first_query_that_is_final_is_told_to_the_calls_that_wait()
      throws Exception {
    server.refusals.set(1);
    server.refusal = new RpcError(400, "CONNECTION_API_ID_INVALID");
    MtprotoConnection connection = connect();
    assertThatThrownBy(() -> call(connection))
        .isInstanceOf(MtprotoException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.is("CONNECTION_API_ID_INVALID")).isTrue());
    assertThat(server.unintroduced.get()).isZero();
  }

  @Test
  void a_server_that_calls_every_salt_wrong_gets_few_packets_and_the_call_an_end()
      throws Exception {
    keepAlive = KeepAlive.DEFAULT;
    MtprotoConnection connection = connect();
    call(connection);
    int before = server.packets.get();
    server.rejecting = true;
    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> call(connection))
        .satisfies(e -> {
          assertThat(e.reason()).isEqualTo(Reason.REJECTED);
          assertThat(e.progress()).isEqualTo(Progress.NEVER_SENT);
        })
        .withMessageContaining("bad_server_salt");
    assertThat(server.packets.get() - before).isLessThan(20);
  }

  @Test
  void where_one_address_cannot_be_reached_the_other_is_used() throws Exception {
    LoopbackServer ipv6 = new LoopbackServer(InetAddress.ofLiteral("::1"));
    server.close();
    try (ipv6) {
      InetSocketAddress dead = server.address;
      server = ipv6;
      MtprotoConnection connection =
          connect(
              List.of(dead, ipv6.address),
              new Transport.Plain(Framing.INTERMEDIATE),
              Dialer.direct(),
              Framing.DEFAULT_MAX_PAYLOAD);
      assertThat(call(connection).country()).isEqualTo("RU");
      ipv6.drop();
      assertThat(call(connection).country()).isEqualTo("RU");
      assertNeverTwo();
    }
  }

  @Test
  void a_writer_that_dies_of_whatever_it_be_costs_one_connection() throws Exception {
    AtomicReference<FailingChannel> dialed = new AtomicReference<>();
    MtprotoConnection connection = connectOver(dialed);
    call(connection);
    Objects.requireNonNull(dialed.get()).nextWrite.set(new OutOfMemoryError("made up"));
    assertThat(call(connection).country()).isEqualTo("RU");
    assertThat(server.accepted()).isEqualTo(2);
    assertNeverTwo();
  }

  @Test
  void a_reader_that_dies_of_whatever_it_be_closes_the_connection_and_says_why() throws Exception {
    AtomicReference<FailingChannel> dialed = new AtomicReference<>();
    MtprotoConnection connection = connectOver(dialed);
    call(connection);
    assertThat(hear()).isEqualTo("ready");
    Error made = new OutOfMemoryError("made up");
    Objects.requireNonNull(dialed.get()).nextRead.set(made);
    assertThatThrownBy(() -> call(connection)).isInstanceOf(CallFailedException.class);
    assertThat(hear())
        .isInstanceOfSatisfying(ConnectionClosedException.class, e -> assertThat(e).hasCause(made));
    assertThat(connection.awaitClosed(Duration.ofSeconds(20))).isTrue();
    assertThatThrownBy(() -> call(connection)).isInstanceOf(ConnectionClosedException.class);
  }

  private MtprotoConnection connectOver(AtomicReference<FailingChannel> dialed) throws Exception {
    Dialer failing =
        (address, timeout) -> {
          FailingChannel made = new FailingChannel(Dialer.direct().dial(address, timeout));
          dialed.set(made);
          return made;
        };
    return connect(new Transport.Plain(Framing.INTERMEDIATE), failing, Framing.DEFAULT_MAX_PAYLOAD);
  }

  @Test
  void a_call_that_fits_into_no_packet_fails_alone() throws Exception {
    MtprotoConnection connection =
        connect(new Transport.Plain(Framing.INTERMEDIATE), Dialer.direct(), 1024);
    call(connection);
    // help.getAppUpdate is eight bytes around its string: 1,000 in all, and 1,024 with a key's id
    // and a msg_key alone.
    Help.GetAppUpdate large = new Help.GetAppUpdate("x".repeat(992));
    assertThatExceptionOfType(CallFailedException.class)
        .isThrownBy(() -> connection.invoke(large, CallOptions.REPEATABLE))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    // 904 and what is around it: padded to whole blocks, 1,016.
    Help.GetAppUpdate fits = new Help.GetAppUpdate("x".repeat(896));
    assertThatThrownBy(() -> connection.invoke(fits, CallOptions.REPEATABLE))
        .isInstanceOf(RpcException.class);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void updates_are_heard_in_order() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    assertThat(hear()).isEqualTo("ready");
    for (int i = 0; i < 5; i++) {
      server.push(new UpdatesTooLong().toByteArray());
    }
    for (int i = 0; i < 5; i++) {
      assertThat(((Slice) hear()).constructorId()).isEqualTo(UpdatesTooLong.ID);
    }
  }

  @Test
  void closing_fails_the_calls_under_way_and_takes_no_more() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting = inBackground(() -> call(connection));
    server.awaitHeld();
    connection.close();
    assertThat(server.open()).isLessThanOrEqualTo(1);
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CallFailedException.class)
        .rootCause()
        .satisfies(e -> assertThat(((CallFailedException) e).reason()).isEqualTo(Reason.CLOSED));
    assertThatThrownBy(() -> call(connection)).isInstanceOf(ConnectionClosedException.class);
    assertThat(hear()).isEqualTo("ready");
    assertThat(hear()).isEqualTo("closed");
  }

  @Test
  void draining_lets_the_calls_under_way_end() throws Exception {
    MtprotoConnection connection = connect();
    call(connection);
    server.holding = true;
    FutureTask<NearestDc> waiting = inBackground(() -> call(connection));
    LoopbackServer.HeldCall call = server.awaitHeld();
    FutureTask<Boolean> closing =
        inBackground(() -> {
          connection.close(Duration.ofSeconds(20));
          return true;
        });
    server.answer(call);
    assertThat(waiting.get(20, TimeUnit.SECONDS).country()).isEqualTo("RU");
    assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closing_while_dialling_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 50; i++) {
      MtprotoConnection connection = connect();
      connection.close();
      assertThat(connection.state()).isInstanceOf(ConnectionState.Closed.class);
    }
    while (server.open() > 0) {
      Thread.onSpinWait();
    }
  }
}
