package dev.jobradar.mtproto.session;

import static dev.jobradar.mtproto.session.ServerSessionTester.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.session.ServerSessionEvent.Execute;
import dev.jobradar.mtproto.session.ServerSessionEvent.LimitExceeded;
import dev.jobradar.mtproto.session.ServerSessionTester.Heard;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.MsgDetailedInfo;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.NewSessionCreated;
import dev.jobradar.tl.mtproto.Pong;
import dev.jobradar.tl.mtproto.method.Ping;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Queries, answers and updates; what is resent, and what is held at most. */
class ServerSessionTest {
  private static final byte[] QUERY = words(0x1111_1111, 1);
  private static final byte[] RESULT = words(0x2222_2222, 2);
  private static final byte[] UPDATE = words(0x3333_3333, 3);

  private final ServerSessionTester client = new ServerSessionTester();
  private final ServerSession session = client.session;

  @Test
  void the_first_message_begins_the_session() {
    long id = client.query(QUERY);

    List<Heard> heard = client.hear();

    NewSessionCreated created = (NewSessionCreated) heard.getFirst().service();
    assertThat(created.firstMsgId()).isEqualTo(id);
    assertThat(created.serverSalt()).isEqualTo(client.salts.current(client.now));
    assertThat(heard.getFirst().seqNo()).isEqualTo(1);
    assertThat(heard.getFirst().id() & 3).isEqualTo(3);
  }

  @Test
  void a_session_that_begins_with_a_container_names_the_least_id_in_it() {
    long first = client.nextId();
    long second = client.nextId();
    client.sendContainer(client.nextId(), 4, message(second, 3, QUERY), message(first, 1, QUERY));

    NewSessionCreated created = (NewSessionCreated) client.hear().getFirst().service();

    assertThat(created.firstMsgId()).isEqualTo(first);
  }

  @Test
  void a_refused_message_begins_nothing() {
    assertThat(client.send(client.nextId(), 0, QUERY)).isFalse();
    assertThat(client.hear()).hasSize(1);

    client.query(QUERY);

    assertThat(client.hear().getFirst().service()).isInstanceOf(NewSessionCreated.class);
  }

  @Test
  void a_query_is_executed_and_its_answer_acknowledges_it() {
    client.begin();
    long id = client.query(QUERY);
    assertThat(client.events).hasSize(1);
    assertThat(client.events.getFirst())
        .isInstanceOfSatisfying(
            Execute.class,
            execute -> {
              assertThat(execute.messageId()).isEqualTo(id);
              assertThat(execute.query().toByteArray()).isEqualTo(QUERY);
            });

    session.answer(id, RESULT);
    List<Heard> heard = client.hear();

    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().resultOf()).isEqualTo(id);
    assertThat(heard.getFirst().result().toByteArray()).isEqualTo(RESULT);
    assertThat(heard.getFirst().id() & 3).isEqualTo(1);
    assertThat(heard.getFirst().seqNo() & 1).isEqualTo(1);
  }

  @Test
  void a_query_that_takes_longer_is_acknowledged_first() {
    client.begin();
    long id = client.query(QUERY);

    assertThat(client.hearOnly(MsgsAck.class).msgIds()).containsExactly(id);

    session.answer(id, RESULT);
    assertThat(client.hear()).singleElement().matches(Heard::isResult);
  }

  @Test
  void a_packed_query_is_unpacked() {
    client.begin();
    TlWriter packed = new TlWriter();
    GzipPacked.write(packed, QUERY);

    client.query(packed.toByteArray());

    assertThat(((Execute) client.events.getFirst()).query().toByteArray()).isEqualTo(QUERY);
  }

  @Test
  void a_packed_ping_is_a_ping() {
    client.begin();
    TlWriter packed = new TlWriter();
    GzipPacked.write(packed, new Ping(5).toByteArray());

    client.send(client.nextId(), client.serviceSeqNo(), packed.toByteArray());

    assertThat(client.hearOnly(Pong.class).pingId()).isEqualTo(5);
  }

  @Test
  void what_is_in_a_container_is_taken_in_order() {
    client.begin();
    long first = client.nextId();
    long second = client.nextId();

    client.sendContainer(client.nextId(), 4, message(first, 1, QUERY), message(second, 3, QUERY));

    assertThat(client.events)
        .extracting(event -> ((Execute) event).messageId())
        .containsExactly(first, second);
    session.answer(second, RESULT);
    session.answer(first, RESULT);
    assertThat(client.packet()).extracting(Heard::resultOf).containsExactly(second, first);
  }

  @Test
  void a_query_that_comes_twice_is_executed_once_and_answered_again() {
    client.begin();
    long id = client.query(QUERY);
    session.answer(id, RESULT);
    Heard answer = client.hear().getFirst();

    client.sendContainer(client.nextId(), 2, message(id, 1, QUERY));

    assertThat(client.events).isEmpty();
    assertThat(client.hear())
        .singleElement()
        .satisfies(again -> {
          assertThat(again.id()).isEqualTo(answer.id());
          assertThat(again.seqNo()).isEqualTo(answer.seqNo());
          assertThat(again.resultOf()).isEqualTo(id);
        });
  }

  @Test
  void a_query_that_comes_twice_while_it_runs_is_acknowledged_again() {
    client.begin();
    long id = client.query(QUERY);
    client.hear();

    client.send(id, 1, QUERY);

    assertThat(client.events).isEmpty();
    assertThat(client.hearOnly(MsgsAck.class).msgIds()).containsExactly(id);
  }

  @Test
  void a_query_that_comes_again_after_its_answer_was_acknowledged_is_not_executed() {
    client.begin();
    long id = client.query(QUERY);
    session.answer(id, RESULT);
    client.acknowledge(client.hear().getFirst().id());

    client.send(id, 1, QUERY);

    assertThat(client.events).isEmpty();
    assertThat(client.hearOnly(MsgsAck.class).msgIds()).containsExactly(id);
  }

  @Test
  void a_long_answer_is_offered_before_it_is_sent_again() {
    client.begin();
    long id = client.query(QUERY);
    session.answer(id, new byte[20_000]);
    Heard answer = client.hear().getFirst();

    client.send(id, 1, QUERY);

    MsgDetailedInfo info = client.hearOnly(MsgDetailedInfo.class);
    assertThat(info.msgId()).isEqualTo(id);
    assertThat(info.answerMsgId()).isEqualTo(answer.id());
    assertThat(info.bytes()).isEqualTo(20_012);
  }

  @Test
  void updates_arrive_in_order_with_ids_that_increase() {
    client.begin();
    for (int i = 0; i < 50; i++) {
      session.push(words(0x3333_3333, i));
    }

    List<Heard> heard = client.hear();

    assertThat(heard)
        .extracting(update -> update.body().from(4).constructorId())
        .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 50).boxed().toList());
    assertThat(heard).extracting(Heard::id).isSorted().doesNotHaveDuplicates();
    assertThat(heard).extracting(Heard::seqNo).isSorted().doesNotHaveDuplicates();
    assertThat(heard).allMatch(update -> (update.id() & 3) == 3 && (update.seqNo() & 1) == 1);
  }

  @Test
  void what_is_not_acknowledged_is_sent_again_over_the_next_connection() {
    client.begin();
    session.push(UPDATE);
    session.push(RESULT);
    List<Heard> first = client.hear();
    client.acknowledge(first.get(1).id());
    client.now += 400_000;

    session.connected();

    List<Heard> again = client.hear();
    assertThat(again).hasSize(1);
    assertThat(again.getFirst().id()).isEqualTo(first.getFirst().id());
    assertThat(again.getFirst().body().toByteArray()).isEqualTo(UPDATE);
  }

  @Test
  void what_was_said_while_nobody_was_connected_follows_what_is_sent_again() {
    client.begin();
    session.push(words(1, 1));
    client.hear();
    session.push(words(2, 2));

    session.connected();

    assertThat(client.hear())
        .extracting(heard -> heard.body().constructorId())
        .containsExactly(1, 2);
  }

  @Test
  void an_acknowledged_message_is_not_sent_again() {
    client.begin();
    session.push(UPDATE);
    client.acknowledge(client.hear().getFirst().id(), 12345, -1);

    session.connected();

    assertThat(client.hear()).isEmpty();
  }

  @Test
  void updates_that_nobody_takes_are_dropped_and_that_is_said() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(10, 1 << 20, 10)).begin();
    for (int i = 0; i < 10; i++) {
      assertThat(small.session.push(UPDATE)).isFalse();
    }

    assertThat(small.session.push(UPDATE)).isTrue();

    assertThat(small.hear()).isEmpty();
    assertThat(small.session.push(RESULT)).isFalse();
    assertThat(small.hear()).hasSize(1);
  }

  @Test
  void what_was_sent_is_forgotten_before_updates_are_dropped() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(10, 1 << 20, 10)).begin();
    for (int i = 0; i < 25; i++) {
      assertThat(small.session.push(words(i, i))).isFalse();
      assertThat(small.hear()).hasSize(1);
    }

    small.session.connected();

    assertThat(small.hear())
        .extracting(heard -> heard.body().constructorId())
        .containsExactlyElementsOf(java.util.stream.IntStream.range(15, 25).boxed().toList());
  }

  @Test
  void bytes_are_limited_too_but_one_message_is_always_held() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(10, 1000, 10)).begin();

    assertThat(small.session.push(new byte[600])).isFalse();
    assertThat(small.session.push(new byte[600])).isTrue();
    assertThat(small.hear()).isEmpty();
    long id = small.query(QUERY);
    small.session.answer(id, new byte[5000]);

    assertThat(small.hear()).singleElement().matches(Heard::isResult);
  }

  @Test
  void answers_outlive_updates() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(3, 1 << 20, 10)).begin();
    long id = small.query(QUERY);
    small.session.answer(id, RESULT);

    small.session.push(UPDATE);
    small.session.push(UPDATE);
    assertThat(small.session.push(UPDATE)).isTrue();

    assertThat(small.hear()).singleElement().matches(Heard::isResult);
  }

  @Test
  void a_client_with_too_many_queries_under_way_is_stopped() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(10, 1000, 2)).begin();
    small.query(QUERY);
    small.query(QUERY);

    small.query(QUERY);

    assertThat(small.events).singleElement().isInstanceOf(LimitExceeded.class);
  }

  @Test
  void a_client_that_never_reads_is_stopped() {
    client.begin();
    boolean stopped = false;
    for (int i = 0; i < 20_000 && !stopped; i++) {
      client.send(client.nextId(), client.serviceSeqNo(), new Ping(i).toByteArray());
      stopped = client.events.stream().anyMatch(LimitExceeded.class::isInstance);
    }

    assertThat(stopped).isTrue();
  }

  @Test
  void much_is_sent_in_several_packets() {
    client.begin();
    for (int i = 0; i < 4; i++) {
      session.push(new byte[200_000]);
    }

    List<Integer> sizes = new ArrayList<>();
    while (session.hasSomethingToSend()) {
      sizes.add(client.packet().size());
    }

    assertThat(sizes).containsExactly(2, 2);
  }

  @Test
  void an_answer_to_something_unknown_goes_nowhere() {
    client.begin();

    session.answer(4, RESULT);

    assertThat(session.hasSomethingToSend()).isFalse();
  }

  @Test
  void a_message_that_cannot_be_read_is_an_offence() {
    client.begin();
    byte[] cutShort = words(Ping.ID, 1);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> client.send(client.nextId(), client.serviceSeqNo(), cutShort));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> client.send(client.nextId(), client.contentSeqNo(), new byte[0]));
  }

  @Test
  void whatever_comes_is_taken_refused_or_an_offence() {
    Random random = new Random(3);
    int[] constructors = {
      MessageContainer.ID, GzipPacked.ID, MsgsAck.ID, Ping.ID, MsgDetailedInfo.ID, 0x7d861a08, 0
    };
    int offences = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[4 * random.nextInt(1, 20)];
      for (int at = 0; at < body.length; at++) {
        body[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2));
      }
      System.arraycopy(words(constructors[random.nextInt(7)], 0), 0, body, 0, 4);
      try {
        client.send(client.nextId(), 2 * i + random.nextInt(2), body);
      } catch (ProtocolException documented) {
        offences++;
      }
      client.hear();
    }
    assertThat(offences).isPositive();
  }

  private static byte[] words(int first, int second) {
    TlWriter out = new TlWriter(8);
    out.writeInt(first);
    out.writeInt(second);
    return out.toByteArray();
  }

  @Test
  void an_answer_that_is_lost_is_sent_when_the_same_message_comes_again_and_not_before() {
    client.begin();
    long id = client.query(QUERY);
    session.lose(id, QUERY);
    session.answer(id, QUERY);
    assertThat(client.hear()).noneMatch(Heard::isResult);
    session.connected();
    assertThat(client.hear()).noneMatch(Heard::isResult);
    client.send(id, 1, QUERY);
    assertThat(client.events).as("it is executed once").isEmpty();
    assertThat(client.hear()).filteredOn(Heard::isResult).hasSize(1);
  }

  @Test
  void lost_answers_are_remembered_within_the_limits_of_a_session() {
    ServerSessionTester small = new ServerSessionTester(new SessionLimits(2, 1 << 20, 16));
    small.begin();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(small.query(QUERY));
      small.session.lose(ids.getLast(), QUERY);
    }
    small.hear();
    for (int i = 0; i < 3; i++) {
      small.send(ids.get(i), 2 * i + 1, QUERY);
      assertThat(small.hear()).filteredOn(Heard::isResult).hasSize(i == 0 ? 0 : 1);
    }
  }

  @Test
  void a_session_that_begins_anew_forgets_what_it_had_to_say_and_says_so() {
    client.begin();
    long id = client.query(QUERY);
    session.push(QUERY);
    session.reset(client.now);
    session.answer(id, QUERY);
    List<Heard> heard = client.hear();
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().service())
        .isInstanceOfSatisfying(
            NewSessionCreated.class, created -> assertThat(created.firstMsgId()).isGreaterThan(0));
  }
}
