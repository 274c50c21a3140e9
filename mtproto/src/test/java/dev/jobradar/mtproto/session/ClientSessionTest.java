package dev.jobradar.mtproto.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.MessageCipher;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.ClientSession.Health;
import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.ScriptedServer.Heard;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.FutureSalt;
import dev.jobradar.tl.mtproto.FutureSalts;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgResendReq;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsStateInfo;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.RpcError;
import dev.jobradar.tl.mtproto.method.DestroySession;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import dev.jobradar.tl.mtproto.method.PingDelayDisconnect;
import dev.jobradar.tl.mtproto.method.RpcDropAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSessionTest {
  private static final long START = 1_780_000_000_000L;
  private static final byte[] BODY = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final int BODY_ID = 0x04030201;

  private final ScriptedServer server = new ScriptedServer();
  private ClientSession session =
      new ClientSession(server.key, salts(), 0L, KeepAlive.DEFAULT, new SecureRandom());
  private long now = START;

  private static ServerSalts salts() {
    ServerSalts salts = new ServerSalts(ScriptedServer.SALT);
    int since = (int) (START / 1000) - 10;
    List<FutureSalt> known = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      known.add(new FutureSalt(since + i * 1800, since + i * 1800 + 3600, ScriptedServer.SALT + i));
    }
    salts.add(known, START);
    return salts;
  }

  @BeforeEach
  void connect() {
    session.connected(now, null);
  }

  private Query query(boolean repeatable) {
    Query query = new Query("test.method", BODY, repeatable);
    session.submit(query);
    return query;
  }

  private Heard flush() {
    byte[] packet = session.flush(now);
    return server.hear(Objects.requireNonNull(packet, "expected something to send"));
  }

  private void assertQuiet() {
    assertThat(session.flush(now)).isNull();
  }

  private List<SessionEvent> hear(byte[] packet) {
    List<SessionEvent> events = new ArrayList<>();
    session.receive(packet, now, events);
    return events;
  }

  // --- sending -----------------------------------------------------------------------------

  @Test
  void a_single_query_travels_bare_and_several_in_a_container() {
    query(false);
    assertThat(flush().isContainer()).isFalse();
    query(false);
    query(false);
    Heard two = flush();
    assertThat(two.isContainer()).isTrue();
    assertThat(two.messages()).hasSize(2);
    assertThat(two.messages()).allMatch(m -> m.id() < two.outer().messageId());
    assertQuiet();
  }

  @Test
  void content_messages_have_odd_numbers_that_count_up() {
    query(false);
    query(false);
    query(false);
    Heard heard = flush();
    assertThat(heard.messages()).extracting(Message::seqNo).containsExactly(1, 3, 5);
    assertThat(heard.outer().seqNo()).isEqualTo(6);
    assertThat(heard.messages()).extracting(Message::id).isSorted().allMatch(MessageIds::isClients);
  }

  @Test
  void a_connection_begins_with_the_first_query_alone() {
    session.disconnected();
    Query first = new Query("first", new byte[] {9, 9, 9, 9}, true);
    session.submit(new Query("other", BODY, false));
    session.connected(now, first);
    Heard heard = flush();
    assertThat(heard.only().body().constructorId()).isEqualTo(0x09090909);
    assertQuiet();
    assertThat(session.ready()).isFalse();
    assertThat(
            hear(
                server.answer(session.sessionId(), now, heard.only().id(), new MsgsAck(List.of()))))
        .singleElement()
        .isInstanceOf(SessionEvent.Answered.class);
    assertThat(session.ready()).isTrue();
    assertThat(flush().messages()).anyMatch(m -> m.body().constructorId() == BODY_ID);
  }

  @Test
  void a_large_queue_is_sent_in_several_containers() {
    for (int i = 0; i < 3000; i++) {
      query(false);
    }
    List<Integer> sizes = new ArrayList<>();
    for (byte[] packet = session.flush(now); packet != null; packet = session.flush(now)) {
      sizes.add(server.hear(packet).messages().size());
    }
    assertThat(sizes).allMatch(size -> size <= MessageContainer.MAX_MESSAGES);
    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3000);
  }

  @Test
  void what_is_dropped_and_what_is_wanted_again_fit_into_containers() {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < 1600; i++) {
      queries.add(query(false));
    }
    for (byte[] packet = session.flush(now); packet != null; packet = session.flush(now)) {
      server.hear(packet);
    }
    List<Long> wanted = queries.subList(0, 1000).stream().map(query -> query.messageId).toList();
    hear(server.notice(session.sessionId(), now, new MsgResendReq(wanted)));
    queries.subList(1000, 1600).forEach(session::drop);
    int again = 0;
    int dropped = 0;
    for (byte[] packet = session.flush(now); packet != null; packet = session.flush(now)) {
      // Reading it refuses what no container may hold.
      Heard heard = server.hear(packet);
      again += heard.of(BODY_ID).size();
      dropped += heard.of(RpcDropAnswer.ID).size();
    }
    assertThat(again).isEqualTo(1000);
    assertThat(dropped).isEqualTo(600);
  }

  // --- answers -----------------------------------------------------------------------------

  @Test
  void an_answer_finds_its_query_and_is_acknowledged() {
    Query query = query(false);
    long id = flush().only().id();
    byte[] packet = server.answer(session.sessionId(), now, id, new MsgsAck(List.of()));
    assertThat(hear(packet))
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.Answered.class, e -> assertThat(e.query()).isSameAs(query));
    assertThat(session.pending()).isZero();
    query(false);
    assertThat(flush().of(MsgsAck.ID)).hasSize(1);
  }

  @Test
  void an_error_is_told_with_code_and_name() {
    Query query = query(false);
    long id = flush().only().id();
    assertThat(hear(server.answer(session.sessionId(), now, id, new RpcError(420, "FLOOD_WAIT_3"))))
        .containsExactly(new SessionEvent.Refused(query, 420, "FLOOD_WAIT_3"));
  }

  @Test
  void an_answer_that_comes_twice_is_told_once() {
    query(false);
    long id = flush().only().id();
    hear(server.answer(session.sessionId(), now, id, new MsgsAck(List.of())));
    assertThat(hear(server.answer(session.sessionId(), now, id, new MsgsAck(List.of())))).isEmpty();
  }

  @Test
  void a_repeated_message_is_ignored_and_acknowledged_again() {
    byte[] update = server.contentNotice(session.sessionId(), now, new Pong(1, 2));
    hear(update.clone());
    query(false);
    assertThat(flush().of(MsgsAck.ID)).hasSize(1);
    assertThat(hear(update)).isEmpty();
    query(false);
    assertThat(flush().of(MsgsAck.ID)).hasSize(1);
  }

  @Test
  void what_is_no_service_message_is_an_update() {
    byte[] packet = server.say(session.sessionId(), server.id(now, false), 1, BODY);
    assertThat(hear(packet))
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.Update.class, e -> assertThat(e.body().toByteArray()).isEqualTo(BODY));
  }

  @Test
  void a_packed_update_is_unpacked() {
    TlWriter out = new TlWriter();
    GzipPacked.write(out, BODY);
    byte[] packet = server.say(session.sessionId(), server.id(now, false), 1, out.toByteArray());
    assertThat(hear(packet))
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEvent.Update.class, e -> assertThat(e.body().toByteArray()).isEqualTo(BODY));
  }

  @Test
  void packed_in_packed_is_refused() {
    TlWriter inner = new TlWriter();
    GzipPacked.write(inner, BODY);
    TlWriter out = new TlWriter();
    GzipPacked.write(out, inner.toByteArray());
    byte[] packet = server.say(session.sessionId(), server.id(now, false), 1, out.toByteArray());
    assertThatThrownBy(() -> hear(packet)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void messages_of_a_container_are_taken_one_by_one() {
    Query first = query(false);
    Query second = query(false);
    List<Message> asked = flush().of(BODY_ID);
    List<Message> answers = new ArrayList<>();
    for (Message question : asked) {
      answers.add(
          new Message(
              server.id(now, true),
              server.contentSeqNo(),
              Slice.of(ScriptedServer.rpcResult(question.id(), BODY))));
    }
    assertThat(hear(server.container(session.sessionId(), now, answers)))
        .extracting(e -> ((SessionEvent.Answered) e).query())
        .containsExactly(first, second);
  }

  @Test
  void what_stands_before_a_broken_message_of_a_container_holds() {
    Query query = query(false);
    long asked = flush().only().id();
    List<Message> messages =
        List.of(
            message(ScriptedServer.rpcResult(asked, BODY)),
            message(BODY),
            message(Arrays.copyOf(new Pong(1, 2).toByteArray(), 8)),
            message(BODY));
    byte[] packet = server.container(session.sessionId(), now, messages);
    List<SessionEvent> events = new ArrayList<>();
    assertThatThrownBy(() -> session.receive(packet, now, events))
        .isInstanceOf(ProtocolException.class);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            SessionEvent.Answered.class, e -> assertThat(e.query()).isSameAs(query));
    assertThat(events.getLast()).isInstanceOf(SessionEvent.Update.class);
  }

  @Test
  void a_query_whose_error_cannot_be_read_is_given_up() {
    Query query = query(false);
    byte[] error = Arrays.copyOf(new RpcError(420, "FLOOD_WAIT_3").toByteArray(), 8);
    byte[] packet =
        server.say(
            session.sessionId(),
            server.id(now, true),
            server.contentSeqNo(),
            ScriptedServer.rpcResult(flush().only().id(), error));
    List<SessionEvent> events = new ArrayList<>();
    assertThatThrownBy(() -> session.receive(packet, now, events))
        .isInstanceOf(ProtocolException.class);
    assertThat(events)
        .containsExactly(
            new SessionEvent.Abandoned(query, Reason.ANSWER_LOST, Progress.ACKNOWLEDGED));
  }

  private Message message(byte[] body) {
    return new Message(server.id(now, true), server.contentSeqNo(), Slice.of(body));
  }

  // --- acknowledgements --------------------------------------------------------------------

  @Test
  void more_than_sixteen_acknowledgements_go_at_once() {
    for (int i = 0; i < 16; i++) {
      hear(server.contentNotice(session.sessionId(), now, new Pong(1, 2)));
    }
    assertQuiet();
    hear(server.contentNotice(session.sessionId(), now, new Pong(1, 2)));
    assertThat(MsgsAck.readFrom(flush().only().body().reader()).msgIds()).hasSize(17);
  }

  @Test
  void a_lone_acknowledgement_goes_after_a_time() {
    hear(server.contentNotice(session.sessionId(), now, new Pong(1, 2)));
    assertQuiet();
    now += 30_000;
    assertThat(flush().only().body().constructorId()).isEqualTo(MsgsAck.ID);
  }

  @Test
  void messages_with_even_numbers_are_not_acknowledged() {
    hear(server.notice(session.sessionId(), now, new Pong(1, 2)));
    now += 40_000;
    assertQuiet();
  }

  // --- salts and time ----------------------------------------------------------------------

  @Test
  void a_bad_salt_makes_the_query_go_again_with_the_right_one() {
    Query query = query(false);
    long id = flush().only().id();
    hear(server.notice(session.sessionId(), now, new BadServerSalt(id, 1, 48, 777)));
    Heard again = flush();
    assertThat(again.outer().salt()).isEqualTo(777);
    Message resent = again.one(BODY_ID);
    assertThat(resent.id()).isGreaterThan(id);
    assertThat(query.progress()).isEqualTo(Progress.SENT);
  }

  @Test
  void a_bad_salt_for_a_container_makes_all_in_it_go_again_in_order() {
    Query first = query(false);
    Query second = query(false);
    long id = flush().outer().messageId();
    hear(server.notice(session.sessionId(), now, new BadServerSalt(id, 2, 48, 777)));
    List<Message> again = flush().of(BODY_ID);
    assertThat(again).extracting(Message::id).containsExactly(first.messageId, second.messageId);
  }

  @Test
  void a_bad_salt_for_what_was_never_sent_is_ignored() {
    query(false);
    flush();
    hear(server.notice(session.sessionId(), now, new BadServerSalt(12345L << 32, 1, 48, 777)));
    query(false);
    assertThat(flush().outer().salt()).isEqualTo(ScriptedServer.SALT);
  }

  @Test
  void salts_change_with_the_servers_time_and_are_asked_for_before_they_run_out() {
    query(false);
    assertThat(flush().outer().salt()).isEqualTo(ScriptedServer.SALT);
    now += 1_800_000;
    query(false);
    assertThat(flush().outer().salt()).isEqualTo(ScriptedServer.SALT + 1);
    now = START + 9 * 1_800_000L;
    query(false);
    assertThat(flush().of(GetFutureSalts.ID)).hasSize(1);
    query(false);
    assertThat(flush().of(GetFutureSalts.ID)).isEmpty();
    int at = (int) (now / 1000);
    hear(
        server.notice(
            session.sessionId(),
            now,
            new FutureSalts(1, at, List.of(new FutureSalt(at - 5, at + 3600, 4242)))));
    query(false);
    assertThat(flush().outer().salt()).isEqualTo(4242);
  }

  @Test
  void a_client_whose_clock_is_slow_corrects_it_and_sends_again() {
    query(false);
    long id = flush().only().id();
    long serverNow = now + 3_600_000;
    hear(server.notice(session.sessionId(), serverNow, new BadMsgNotification(id, 1, 16)));
    assertThat(session.serverTime(now)).isEqualTo(serverNow);
    assertThat(flush().one(BODY_ID).id()).isGreaterThanOrEqualTo(MessageIds.atTime(serverNow));
  }

  @Test
  void a_client_whose_clock_is_fast_goes_on_as_another_session() {
    Query query = query(false);
    long id = flush().only().id();
    long before = session.sessionId();
    long serverNow = now - 3_600_000;
    assertThat(hear(server.notice(before, serverNow, new BadMsgNotification(id, 1, 17))))
        .contains(new SessionEvent.Restart());
    assertThat(session.sessionId()).isNotEqualTo(before);
    assertQuiet();
    session.disconnected();
    session.connected(now, null);
    Heard again = flush();
    assertThat(again.one(DestroySession.ID).seqNo() & 1).isEqualTo(1);
    assertThat(MessageIds.timeOf(again.one(BODY_ID).id())).isBetween(serverNow - 5, serverNow + 5);
    assertThat(query.progress()).isEqualTo(Progress.SENT);
  }

  @Test
  void what_was_ignored_before_the_time_was_set_right_is_told_as_missed() {
    long serverNow = now + 3_600_000;
    assertThat(hear(server.say(session.sessionId(), server.id(serverNow, false), 1, BODY)))
        .isEmpty();
    // A ping finds out at once.
    long ping = flush().one(PingDelayDisconnect.ID).id();
    byte[] notice =
        server.notice(session.sessionId(), serverNow, new BadMsgNotification(ping, 0, 16));
    assertThat(hear(notice)).containsExactly(new SessionEvent.UpdatesMissed());
    assertThat(session.serverTime(now)).isEqualTo(serverNow);
    query(false);
    long id = flush().one(BODY_ID).id();
    byte[] again = server.notice(session.sessionId(), serverNow, new BadMsgNotification(id, 1, 16));
    assertThat(hear(again)).as("told once").isEmpty();
  }

  @Test
  void nothing_was_missed_when_the_time_is_set_right_and_nothing_was_ignored() {
    query(false);
    long id = flush().only().id();
    byte[] notice =
        server.notice(session.sessionId(), now + 3_600_000, new BadMsgNotification(id, 1, 16));
    assertThat(hear(notice)).isEmpty();
  }

  @Test
  void an_old_message_played_again_costs_one_ping_and_sets_no_time() {
    byte[] old = server.say(session.sessionId(), server.id(now - 301_000, false), 1, BODY);
    assertThat(hear(old.clone())).isEmpty();
    assertThat(flush().only().body().constructorId()).isEqualTo(PingDelayDisconnect.ID);
    assertThat(hear(old.clone())).isEmpty();
    assertQuiet();
    assertThat(session.serverTime(now)).isEqualTo(now);
  }

  @Test
  void a_message_that_was_taken_in_its_time_means_nothing_when_it_is_played_again_later() {
    byte[] packet = server.say(session.sessionId(), server.id(now, false), 1, BODY);
    assertThat(hear(packet.clone())).hasSize(1);
    now += 301_000;
    assertThat(hear(packet.clone())).isEmpty();
    // Only what it waits for since the first time.
    assertThat(flush().only().body().constructorId()).isEqualTo(MsgsAck.ID);
  }

  @Test
  void an_unknown_time_is_taken_from_the_first_message() {
    session = new ClientSession(server.key, salts(), null, KeepAlive.DEFAULT, new SecureRandom());
    session.connected(now, null);
    hear(server.notice(session.sessionId(), now + 7_200_000, new Pong(1, 2)));
    assertThat(session.timeKnown()).isTrue();
    assertThat(session.serverTime(now)).isCloseTo(now + 7_200_000, Offset.offset(1L));
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19, 32, 33, 34, 35, 64})
  void a_numbering_beyond_repair_begins_another_session(int code) {
    Query query = query(false);
    long id = flush().only().id();
    assertThat(hear(server.notice(session.sessionId(), now, new BadMsgNotification(id, 1, code))))
        .containsExactly(new SessionEvent.Restart());
    session.disconnected();
    session.connected(now, null);
    assertThat(flush().of(BODY_ID)).hasSize(1);
    assertThat(query.progress()).isEqualTo(Progress.SENT);
  }

  @Test
  void a_query_too_old_to_tell_is_repeated_only_when_that_is_safe() {
    Query safe = query(true);
    long safeId = flush().only().id();
    Query unsafe = query(false);
    long unsafeId = flush().only().id();
    assertThat(hear(server.notice(session.sessionId(), now, new BadMsgNotification(safeId, 1, 20))))
        .isEmpty();
    assertThat(
            hear(server.notice(session.sessionId(), now, new BadMsgNotification(unsafeId, 3, 20))))
        .containsExactly(new SessionEvent.Abandoned(unsafe, Reason.ANSWER_LOST, Progress.SENT));
    assertThat(flush().of(BODY_ID)).extracting(Message::id).containsExactly(safe.messageId);
  }

  // --- a lost connection -------------------------------------------------------------------

  private void reconnect() {
    session.disconnected();
    session.connected(now, null);
  }

  private Message stateRequestAfterReconnect() {
    reconnect();
    return flush().one(MsgsStateReq.ID);
  }

  private List<SessionEvent> stateIs(Message request, int... states) {
    byte[] info = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      info[i] = (byte) states[i];
    }
    return hear(
        server.notice(session.sessionId(), now, new MsgsStateInfo(request.id(), Bytes.of(info))));
  }

  @Test
  void what_was_never_sent_is_sent_on_the_next_connection() {
    session.disconnected();
    Query query = query(false);
    assertQuiet();
    assertThat(query.progress()).isEqualTo(Progress.NEVER_SENT);
    session.connected(now, null);
    assertThat(flush().of(BODY_ID)).hasSize(1);
  }

  @Test
  void of_what_was_sent_without_acknowledgement_the_server_is_asked_first() {
    Query query = query(false);
    long id = flush().only().id();
    Message request = stateRequestAfterReconnect();
    assertThat(MsgsStateReq.readFrom(request.body().reader()).msgIds()).containsExactly(id);
    assertQuiet();
    assertThat(stateIs(request, 2)).isEmpty();
    Message again = flush().one(BODY_ID);
    assertThat(again.id()).isNotEqualTo(id);
    assertThat(query.progress()).isEqualTo(Progress.SENT);
  }

  @Test
  void what_the_server_has_received_is_not_sent_again() {
    Query query = query(true);
    flush();
    Message request = stateRequestAfterReconnect();
    assertThat(stateIs(request, 4)).isEmpty();
    assertThat(query.progress()).isEqualTo(Progress.ACKNOWLEDGED);
    assertQuiet();
  }

  @Test
  void what_the_server_forgot_is_repeated_only_when_that_is_safe() {
    Query safe = query(true);
    Query unsafe = query(false);
    flush();
    Message request = stateRequestAfterReconnect();
    assertThat(stateIs(request, 1, 1))
        .containsExactly(new SessionEvent.Abandoned(unsafe, Reason.SESSION_LOST, Progress.SENT));
    assertThat(flush().of(BODY_ID)).extracting(Message::id).containsExactly(safe.messageId);
  }

  @Test
  void an_acknowledged_query_is_never_sent_as_a_new_message() {
    Query query = query(true);
    long id = flush().only().id();
    hear(server.notice(session.sessionId(), now, new MsgsAck(List.of(id))));
    assertThat(query.progress()).isEqualTo(Progress.ACKNOWLEDGED);
    Message request = stateRequestAfterReconnect();
    assertThat(MsgsStateReq.readFrom(request.body().reader()).msgIds()).containsExactly(id);
    assertThat(stateIs(request, 4)).isEmpty();
    assertQuiet();
    // Its answer comes by itself as long as the server keeps the session.
    assertThat(hear(server.answer(session.sessionId(), now, id, new MsgsAck(List.of()))))
        .singleElement()
        .isInstanceOf(SessionEvent.Answered.class);
  }

  @Test
  void an_answer_that_was_lost_is_asked_for_by_the_same_message() {
    Query query = query(false);
    Message original = flush().only();
    Message request = stateRequestAfterReconnect();
    assertThat(stateIs(request, 4 | 32 | 64)).isEmpty();
    assertQuiet();
    now += 2_500;
    Heard again = flush();
    assertThat(again.isContainer()).isTrue();
    assertThat(again.one(BODY_ID).id()).isEqualTo(original.id());
    assertThat(again.one(BODY_ID).seqNo()).isEqualTo(original.seqNo());
    assertQuiet();
    // It does not come all the same.
    now += 10_000;
    Message second = flush().one(MsgsStateReq.ID);
    assertThat(stateIs(second, 4 | 32 | 64))
        .containsExactly(
            new SessionEvent.Abandoned(query, Reason.ANSWER_LOST, Progress.ACKNOWLEDGED));
  }

  @Test
  void a_query_that_may_still_be_executed_is_asked_for_again_only_when_that_is_safe() {
    query(false);
    flush();
    assertThat(stateIs(stateRequestAfterReconnect(), 4 | 32)).isEmpty();
    now += 60_000;
    assertQuiet();
    Query read = query(true);
    flush();
    long readId = read.messageId;
    assertThat(stateIs(stateRequestAfterReconnect(), 4, 4)).isEmpty();
    now += 2_500;
    assertThat(flush().of(BODY_ID)).extracting(Message::id).containsExactly(readId);
  }

  @Test
  void a_query_that_the_server_received_and_now_has_not_is_given_up_as_such() {
    Query query = query(false);
    long id = flush().only().id();
    hear(server.notice(session.sessionId(), now, new MsgsAck(List.of(id))));
    assertThat(stateIs(stateRequestAfterReconnect(), 2))
        .containsExactly(
            new SessionEvent.Abandoned(query, Reason.SESSION_LOST, Progress.ACKNOWLEDGED));
  }

  // --- a server that makes us repeat -------------------------------------------------------

  @Test
  void a_refused_first_query_lets_nothing_out() {
    session.disconnected();
    session.submit(new Query("other", BODY, true));
    session.connected(now, new Query("first", new byte[] {9, 9, 9, 9}, true));
    long first = flush().only().id();
    hear(server.answer(session.sessionId(), now, first, new RpcError(420, "FLOOD_WAIT_9")));
    assertThat(session.ready()).isFalse();
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
    assertQuiet();
    session.disconnected();
    session.connected(now, new Query("first", new byte[] {9, 9, 9, 9}, true));
    assertThat(flush().only().body().constructorId()).isEqualTo(0x09090909);
  }

  @Test
  void a_refusal_that_is_packed_is_a_refusal() {
    Query query = query(false);
    TlWriter packed = new TlWriter();
    GzipPacked.write(packed, new RpcError(420, "FLOOD_WAIT_3").toByteArray());
    byte[] packet =
        server.say(
            session.sessionId(),
            server.id(now, true),
            server.contentSeqNo(),
            ScriptedServer.rpcResult(flush().only().id(), packed.toByteArray()));
    assertThat(hear(packet)).containsExactly(new SessionEvent.Refused(query, 420, "FLOOD_WAIT_3"));
  }

  @Test
  void a_server_that_calls_every_salt_wrong_is_braked_and_the_caller_told() {
    Query query = query(false);
    List<SessionEvent> told = new ArrayList<>();
    int sent = 0;
    long end = now + 15_000;
    while (now < end && told.isEmpty()) {
      byte[] packet = session.flush(now);
      if (packet == null) {
        now += 100;
        continue;
      }
      sent++;
      Heard heard = server.hear(packet);
      long wrong = heard.outer().messageId();
      told.addAll(
          hear(
              server.notice(
                  session.sessionId(), now, new BadServerSalt(wrong, 1, 48, 1000 + sent))));
    }
    assertThat(told)
        .containsExactly(new SessionEvent.Abandoned(query, Reason.REJECTED, Progress.NEVER_SENT));
    assertThat(sent).isEqualTo(6);
  }

  @Test
  void messages_that_were_sent_under_one_wrong_salt_count_once() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      query(false);
      ids.add(flush().outer().messageId());
    }
    for (long id : ids) {
      hear(server.notice(session.sessionId(), now, new BadServerSalt(id, 1, 48, 777)));
    }
    assertThat(flush().of(BODY_ID)).hasSize(50);
  }

  @Test
  void a_server_that_wants_everything_again_loses_the_connection() {
    query(false);
    long id = flush().only().id();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < RepeatBrake.MAX; i++) {
                hear(server.notice(session.sessionId(), now, new MsgResendReq(List.of(id))));
              }
            })
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("msg_resend_req");
  }

  @Test
  void an_acknowledged_query_is_handed_back_as_such_when_the_session_is_lost() {
    Query query = query(true);
    long id = flush().only().id();
    hear(server.notice(session.sessionId(), now, new MsgsAck(List.of(id))));
    reconnect();
    assertThat(
            hear(
                server.contentNotice(
                    session.sessionId(), now, new NewSessionCreated(id + 400, 5, 6))))
        .containsExactly(
            new SessionEvent.Abandoned(query, Reason.SESSION_LOST, Progress.ACKNOWLEDGED),
            new SessionEvent.SessionCreated());
  }

  @Test
  void a_server_that_does_not_tell_states_gets_the_same_messages_in_a_container() {
    Query query = query(false);
    Message original = flush().only();
    stateRequestAfterReconnect();
    now += 10_000;
    Heard again = flush();
    assertThat(again.isContainer()).isTrue();
    Message resent = again.one(BODY_ID);
    assertThat(resent.id()).isEqualTo(original.id());
    assertThat(resent.seqNo()).isEqualTo(original.seqNo());
    assertThat(query.progress()).isEqualTo(Progress.SENT);
    assertThat(again.of(MsgsStateReq.ID)).isEmpty();
  }

  @Test
  void a_list_of_states_of_another_length_is_refused() {
    query(false);
    flush();
    Message request = stateRequestAfterReconnect();
    assertThatThrownBy(() -> stateIs(request, 4, 4)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_new_session_is_a_gap_told_once() {
    NewSessionCreated created = new NewSessionCreated(4, 99, 555);
    assertThat(hear(server.contentNotice(session.sessionId(), now, created)))
        .containsExactly(new SessionEvent.SessionCreated());
    assertThat(hear(server.contentNotice(session.sessionId(), now, created))).isEmpty();
    query(false);
    assertThat(flush().outer().salt()).isEqualTo(555);
  }

  @Test
  void a_query_of_the_container_that_began_the_session_is_not_lost() {
    query(false);
    query(false);
    long outer = flush().outer().messageId();
    assertThat(
            hear(
                server.contentNotice(session.sessionId(), now, new NewSessionCreated(outer, 1, 2))))
        .containsExactly(new SessionEvent.SessionCreated());
    assertThat(session.pending()).isEqualTo(2);
  }

  // --- other service messages --------------------------------------------------------------

  @Test
  void a_dropped_query_is_taken_back_or_its_answer_declined() {
    Query unsent = query(false);
    session.drop(unsent);
    assertQuiet();
    Query query = query(false);
    long id = flush().only().id();
    session.drop(query);
    Message drop = flush().one(RpcDropAnswer.ID);
    assertThat(RpcDropAnswer.readFields(drop.body().from(4).reader()).reqMsgId()).isEqualTo(id);
    assertThat(drop.seqNo() & 1).isEqualTo(1);
    assertThat(hear(server.answer(session.sessionId(), now, id, new MsgsAck(List.of())))).isEmpty();
  }

  @Test
  void the_state_of_the_servers_messages_is_told() {
    long known = server.id(now, false);
    hear(server.say(session.sessionId(), known, 1, BODY));
    hear(server.notice(session.sessionId(), now, new MsgsStateReq(List.of(known, known + 4000))));
    Message info = flush().one(MsgsStateInfo.ID);
    assertThat(MsgsStateInfo.readFrom(info.body().reader()).info().toByteArray())
        .containsExactly(4, 2);
  }

  @Test
  void an_answer_announced_but_not_received_is_asked_for() {
    query(false);
    long id = flush().only().id();
    long answerId = server.id(now, true);
    hear(server.notice(session.sessionId(), now, new MsgDetailedInfo(id, answerId, 100, 0)));
    assertThat(MsgResendReq.readFrom(flush().one(MsgResendReq.ID).body().reader()).msgIds())
        .containsExactly(answerId);
  }

  @Test
  void a_message_that_the_server_asks_for_is_sent_again_in_a_container() {
    query(false);
    Message original = flush().only();
    hear(server.notice(session.sessionId(), now, new MsgResendReq(List.of(original.id(), 4L))));
    Heard again = flush();
    assertThat(again.isContainer()).isTrue();
    assertThat(again.one(BODY_ID).id()).isEqualTo(original.id());
  }

  @Test
  void on_a_line_that_lives_the_server_is_asked_about_what_it_says_nothing_of() {
    query(false);
    long id = flush().only().id();
    for (int second = 1; second < 10; second++) {
      now += 1_000;
      hear(server.notice(session.sessionId(), now, new Pong(1, 2)));
      assertThat(session.check(now)).isEqualTo(Health.QUIET);
    }
    now += 1_000;
    assertThat(session.check(now)).isEqualTo(Health.TO_SEND);
    Message request = flush().one(MsgsStateReq.ID);
    assertThat(stateIs(request, 2)).isEmpty();
    assertThat(flush().one(BODY_ID).id()).isNotEqualTo(id);
  }

  // --- keeping alive -----------------------------------------------------------------------

  @Test
  void a_ping_goes_out_every_minute_and_names_75_seconds() {
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
    now += 60_000;
    assertThat(session.check(now)).isEqualTo(Health.TO_SEND);
    Message ping = flush().one(PingDelayDisconnect.ID);
    assertThat(PingDelayDisconnect.readFields(ping.body().from(4).reader()).disconnectDelay())
        .isEqualTo(75);
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
  }

  @Test
  void without_a_pong_the_line_is_dead() {
    now += 60_000;
    session.check(now);
    flush();
    now += 14_999;
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
    now += 1;
    assertThat(session.check(now)).isEqualTo(Health.DEAD);
  }

  @Test
  void anything_received_keeps_the_line_alive() {
    now += 60_000;
    session.check(now);
    flush();
    now += 10_000;
    hear(server.notice(session.sessionId(), now, new Pong(1, 2)));
    now += 10_000;
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
  }

  @Test
  void an_unanswered_query_makes_a_quiet_line_suspect_sooner() {
    query(false);
    flush();
    now += 9_999;
    assertThat(session.check(now)).isEqualTo(Health.QUIET);
    now += 1;
    assertThat(session.check(now)).isEqualTo(Health.TO_SEND);
    flush().one(PingDelayDisconnect.ID);
    now += 15_000;
    assertThat(session.check(now)).isEqualTo(Health.DEAD);
  }

  // --- MUST checks: an answer that breaks only this rule is refused ---------------------------

  interface Breaking {
    byte[] packet(ClientSessionTest test);
  }

  record Rule(String name, Breaking breaking) {
    @Override
    public String toString() {
      return name;
    }
  }

  private byte[] plain(int length, int paddingLength) {
    // Built by hand, because EncryptedMessage does not make broken packets.
    ByteBuffer out =
        ByteBuffer.allocate(24 + 32 + BODY.length + paddingLength).order(ByteOrder.LITTLE_ENDIAN);
    out.position(24);
    out.putLong(ScriptedServer.SALT).putLong(session.sessionId()).putLong(server.id(now, false));
    out.putInt(0).putInt(length).put(BODY);
    MessageCipher.seal(server.key, MessageDirection.TO_CLIENT, out.array(), 0, out.capacity());
    return out.array();
  }

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule(
            "msg_key matches",
            t -> {
              byte[] packet = t.plain(8, 24);
              packet[10] ^= 1;
              return packet;
            }),
        new Rule(
            "the ciphertext is untouched",
            t -> {
              byte[] packet = t.plain(8, 24);
              packet[packet.length - 1] ^= 1;
              return packet;
            }),
        new Rule(
            "auth_key_id is the key's",
            t -> {
              byte[] packet = t.plain(8, 24);
              packet[0] ^= 1;
              return packet;
            }),
        new Rule(
            "the direction is from server to client",
            t ->
                new EncryptedMessage(
                        1, t.session.sessionId(), t.server.id(t.now, false), 0, Slice.of(BODY))
                    .seal(t.server.key, MessageDirection.TO_SERVER, new SecureRandom())),
        new Rule("the length is not negative", t -> t.plain(-4, 24)),
        new Rule("the length is divisible by four", t -> t.plain(7, 24)),
        new Rule("the length is within the packet", t -> t.plain(8 + 24 + 4, 24)),
        new Rule("padding is 12 bytes or more", t -> t.plain(8, 8)),
        new Rule("padding is 1,024 bytes or less", t -> t.plain(8, 1032)),
        new Rule(
            "the packet is whole blocks", t -> Arrays.copyOf(t.plain(8, 24), 24 + 32 + 8 + 23)),
        new Rule(
            "session_id is ours",
            t -> t.server.say(t.session.sessionId() + 1, t.server.id(t.now, false), 0, BODY)),
        new Rule(
            "msg_id is odd",
            t -> t.server.say(t.session.sessionId(), t.server.id(t.now, false) & ~3, 0, BODY)),
        new Rule(
            "msg_id in a container is odd",
            t ->
                t.server.container(
                    t.session.sessionId(),
                    t.now,
                    List.of(new Message(t.server.id(t.now, false) & ~3, 0, Slice.of(BODY))))),
        new Rule(
            "a container's msg_id is greater than its messages'",
            t ->
                t.server.container(
                    t.session.sessionId(),
                    t.now,
                    List.of(new Message(t.server.id(t.now, false) + 4096, 0, Slice.of(BODY))))),
        new Rule(
            "a container holds no container",
            t ->
                t.server.container(
                    t.session.sessionId(),
                    t.now,
                    List.of(
                        new Message(
                            t.server.id(t.now, false),
                            0,
                            Slice.of(MessageContainer.write(List.of())))))),
        new Rule(
            "a container holds at most 1,024 messages",
            t -> {
              List<Message> many = new ArrayList<>();
              for (int i = 0; i < 1025; i++) {
                many.add(new Message(t.server.id(t.now, false), 0, Slice.of(BODY)));
              }
              return t.server.container(t.session.sessionId(), t.now, many);
            }),
        new Rule(
            "a service message is whole",
            t ->
                t.server.say(
                    t.session.sessionId(),
                    t.server.id(t.now, false),
                    0,
                    Arrays.copyOf(new Pong(1, 2).toByteArray(), 12))));
  }

  @Test
  void the_packet_that_the_broken_ones_are_made_from_is_accepted() {
    assertThat(hear(plain(8, 24))).hasSize(1);
    assertThat(hear(plain(8, 1016))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_packet_that_breaks_one_rule_is_refused_whole(Rule rule) {
    byte[] packet = rule.breaking().packet(this);
    assertThatThrownBy(() -> hear(packet)).isInstanceOf(ProtocolException.class);
    // It left no trace: the next good one is taken.
    assertThat(hear(plain(8, 24))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {30_500, -300_500})
  void a_message_from_too_far_in_time_is_ignored(long skew) {
    assertThat(hear(server.say(session.sessionId(), server.id(now + skew, false), 1, BODY)))
        .isEmpty();
    query(false);
    assertThat(flush().of(MsgsAck.ID)).isEmpty();
  }

  @Test
  void a_clock_that_stood_still_is_put_right_by_the_next_connection_s_first_message() {
    // The server takes what is 40 s behind, and so never says that our clock is.
    byte[] ahead = server.say(session.sessionId(), server.id(now + 40_000, false), 1, BODY);
    assertThat(hear(ahead)).isEmpty();
    reconnect();
    assertThat(hear(server.say(session.sessionId(), server.id(now + 41_000, false), 3, BODY)))
        .hasSize(1);
    assertThat(session.serverTime(now)).isCloseTo(now + 41_000, Offset.offset(1L));
    // Once is enough: the time is known again.
    assertThat(hear(server.say(session.sessionId(), server.id(now + 90_000, false), 5, BODY)))
        .isEmpty();
  }

  @Test
  void an_old_message_does_not_set_the_clock_back_after_a_reconnection() {
    reconnect();
    assertThat(hear(server.say(session.sessionId(), server.id(now - 301_000, false), 1, BODY)))
        .isEmpty();
    assertThat(session.serverTime(now)).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(longs = {29_000, -299_000})
  void a_message_within_the_window_is_taken(long skew) {
    assertThat(hear(server.say(session.sessionId(), server.id(now + skew, false), 1, BODY)))
        .hasSize(1);
  }

  @Test
  void an_old_message_inside_a_container_is_taken() {
    long old = MessageIds.atTime(now - 1_000_000) | 3;
    byte[] packet =
        server.container(session.sessionId(), now, List.of(new Message(old, 1, Slice.of(BODY))));
    assertThat(hear(packet)).hasSize(1);
  }
}
