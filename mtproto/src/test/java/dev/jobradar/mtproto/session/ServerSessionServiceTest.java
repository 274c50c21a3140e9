package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.session.ServerSessionEvent.Execute;
import dev.jobradar.mtproto.session.ServerSessionTester.Heard;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.DestroyAuthKeyOk;
import dev.jobradar.tl.mtproto.DestroySessionNone;
import dev.jobradar.tl.mtproto.DestroySessionOk;
import dev.jobradar.tl.mtproto.FutureSalt;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.HttpWait;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsAllInfo;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcAnswerDropped;
import dev.jobradar.tl.mtproto.RpcAnswerDroppedRunning;
import dev.jobradar.tl.mtproto.RpcAnswerUnknown;
import dev.jobradar.tl.mtproto.TypeRpcDropAnswer;
import dev.jobradar.tl.mtproto.method.DestroyAuthKey;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.Ping;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each service message, as core.telegram.org/mtproto/service_messages tells. */
class ServerSessionServiceTest {
  private static final byte[] QUERY = {1, 1, 1, 1};
  private static final byte[] RESULT = {2, 2, 2, 2, 3, 3, 3, 3};

  private final ServerSessionTester client = new ServerSessionTester();
  private final ServerSession session = client.session;

  @BeforeEach
  void begin() {
    client.begin();
  }

  @Test
  void a_ping_is_answered_with_its_ids() {
    long id = client.say(new Ping(77));

    assertThat(client.hearOnly(Pong.class)).isEqualTo(new Pong(id, 77));
    assertThat(client.events).isEmpty();
  }

  @Test
  void a_ping_that_wants_to_be_acknowledged_is() {
    long id = client.nextId();
    client.send(id, client.contentSeqNo(), new Ping(77).toByteArray());

    List<Heard> heard = client.hear();

    assertThat(heard.getFirst().service()).isEqualTo(new Pong(id, 77));
    assertThat(heard.getLast().service()).isEqualTo(new MsgsAck(List.of(id)));
  }

  @Test
  void a_ping_with_a_delay_sets_the_time_of_closing() {
    long id = client.say(new PingDelayDisconnect(78, 75));

    assertThat(client.hearOnly(Pong.class)).isEqualTo(new Pong(id, 78));
    assertThat(client.events)
        .containsExactly(new ServerSessionEvent.DisconnectAfter(Duration.ofSeconds(75)));
  }

  @Test
  void future_salts_follow_each_other_without_a_gap() {
    long id = client.say(new GetFutureSalts(3));

    FutureSalts salts = client.hearOnly(FutureSalts.class);

    assertThat(salts.reqMsgId()).isEqualTo(id);
    assertThat(salts.now()).isEqualTo((int) (client.now / 1000));
    assertThat(salts.salts()).hasSize(3);
    int since = salts.salts().getFirst().validSince();
    assertThat(since).isLessThanOrEqualTo(salts.now());
    for (FutureSalt salt : salts.salts()) {
      assertThat(salt.validSince()).isEqualTo(since);
      assertThat(salt.validUntil()).isEqualTo(since + 3600);
      client.now = since * 1000L;
      assertThat(client.salts.current(client.now)).isEqualTo(salt.salt());
      since += 1800;
    }
  }

  @Test
  void no_more_than_64_future_salts_are_told_and_no_fewer_than_one() {
    client.say(new GetFutureSalts(1_000_000));
    assertThat(client.hearOnly(FutureSalts.class).salts()).hasSize(64).doesNotHaveDuplicates();
    client.say(new GetFutureSalts(-1));
    assertThat(client.hearOnly(FutureSalts.class).salts()).hasSize(1);
  }

  @Test
  void the_state_of_messages_is_told() {
    long never = client.nextId();
    long running = client.query(QUERY);
    long answered = client.query(QUERY);
    session.answer(answered, RESULT);
    client.hear();
    long ping = client.say(new Ping(1));
    client.hear();

    long request =
        client.say(new MsgsStateReq(List.of(never, running, answered, ping, ping + 4_000_000L)));

    MsgsStateInfo info = client.hearOnly(MsgsStateInfo.class);
    assertThat(info.reqMsgId()).isEqualTo(request);
    assertThat(info.info())
        .isEqualTo(Bytes.of(new byte[] {2, 4 | 8 | 32, 4 | 8 | 32 | 64, 4 | 16, 3}));
  }

  @Test
  void of_forgotten_messages_nothing_is_known() {
    long old = client.say(new Ping(1));
    client.now += 601_000;
    client.say(new Ping(1));
    client.hear();

    client.say(new MsgsStateReq(List.of(old)));

    assertThat(client.hearOnly(MsgsStateInfo.class).info()).isEqualTo(Bytes.of(new byte[] {1}));
  }

  @Test
  void messages_are_sent_again_on_request() {
    session.push(RESULT);
    session.push(RESULT);
    List<Heard> first = client.hear();

    client.say(new MsgResendReq(List.of(first.get(1).id(), first.get(0).id())));

    assertThat(client.hear())
        .extracting(Heard::id)
        .containsExactly(first.get(1).id(), first.get(0).id());
  }

  @Test
  void a_request_for_what_is_not_remembered_is_answered_with_states() {
    session.push(RESULT);
    long known = client.hear().getFirst().id();

    long request = client.say(new MsgResendReq(List.of(known, 5L)));

    List<Heard> heard = client.hear();
    assertThat(heard.getFirst().id()).isEqualTo(known);
    assertThat(heard.getLast().service())
        .isInstanceOfSatisfying(
            MsgsStateInfo.class,
            info -> {
              assertThat(info.reqMsgId()).isEqualTo(request);
              assertThat(info.info().size()).isEqualTo(2);
            });
  }

  @Test
  void an_answer_under_way_is_dropped_and_the_query_told_so() {
    long query = client.query(QUERY);
    client.hear();

    long drop = dropAnswer(query);

    List<Heard> heard = client.hear();
    assertThat(heard).extracting(Heard::resultOf).containsExactly(query, drop);
    assertThat(heard)
        .extracting(result -> TypeRpcDropAnswer.readFrom(result.result().reader()))
        .containsOnly(new RpcAnswerDroppedRunning());
    session.answer(query, RESULT);
    assertThat(client.hear()).isEmpty();
  }

  @Test
  void an_answer_that_was_sent_is_dropped_with_its_numbers() {
    long query = client.query(QUERY);
    session.answer(query, RESULT);
    Heard answer = client.hear().getFirst();

    dropAnswer(query);

    assertThat(onlyDropResult())
        .isEqualTo(new RpcAnswerDropped(answer.id(), answer.seqNo(), answer.body().size()));
    session.connected();
    assertThat(client.hear()).extracting(Heard::id).doesNotContain(answer.id());
  }

  @Test
  void an_answer_that_waits_is_dropped_unsent() {
    long query = client.query(QUERY);
    client.hear();
    session.answer(query, RESULT);

    dropAnswer(query);

    assertThat(onlyDropResult())
        .isInstanceOfSatisfying(
            RpcAnswerDropped.class,
            dropped -> {
              assertThat(dropped.bytes()).isEqualTo(20);
              assertThat(dropped.seqNo() & 1).isEqualTo(1);
            });
  }

  @Test
  void of_an_unknown_query_no_answer_is_dropped() {
    dropAnswer(4);

    assertThat(onlyDropResult()).isEqualTo(new RpcAnswerUnknown());
  }

  @Test
  void another_session_is_destroyed_by_the_owner() {
    client.say(new DestroySession(99));
    assertThat(client.events).containsExactly(new ServerSessionEvent.DestroySession(99));

    session.sessionDestroyed(99, true);
    assertThat(client.hearOnly(DestroySessionOk.class)).isEqualTo(new DestroySessionOk(99));
    session.sessionDestroyed(98, false);
    assertThat(client.hearOnly(DestroySessionNone.class)).isEqualTo(new DestroySessionNone(98));
  }

  @Test
  void a_session_does_not_destroy_itself() {
    client.say(new DestroySession(ServerSessionTester.SESSION));

    assertThat(client.events).isEmpty();
    assertThat(client.hearOnly(DestroySessionNone.class).sessionId())
        .isEqualTo(ServerSessionTester.SESSION);
  }

  @Test
  void a_key_is_destroyed_by_the_owner() {
    client.say(new DestroyAuthKey());
    assertThat(client.events).containsExactly(new ServerSessionEvent.DestroyKey());

    session.keyDestroyed();

    assertThat(client.hearOnly(DestroyAuthKeyOk.class)).isNotNull();
  }

  @Test
  void what_a_server_has_no_use_for_is_passed_over() {
    for (TlObject message :
        List.of(
            new HttpWait(1, 2, 3),
            new MsgsStateInfo(1, Bytes.EMPTY),
            new MsgsAllInfo(List.of(1L), Bytes.of(new byte[] {4})),
            new BadMsgNotification(1, 2, 16))) {
      client.say(message);

      assertThat(client.events).isEmpty();
      assertThat(client.hear()).isEmpty();
    }
  }

  @Test
  void everything_else_is_a_query() {
    client.query(QUERY);

    assertThat(client.events).singleElement().isInstanceOf(Execute.class);
  }

  private long dropAnswer(long query) {
    long id = client.nextId();
    client.send(id, client.contentSeqNo(), new RpcDropAnswer(query).toByteArray());
    return id;
  }

  private TlObject onlyDropResult() {
    List<Heard> heard = client.hear();
    assertThat(heard).hasSize(1);
    return TypeRpcDropAnswer.readFrom(heard.getFirst().result().reader());
  }
}
