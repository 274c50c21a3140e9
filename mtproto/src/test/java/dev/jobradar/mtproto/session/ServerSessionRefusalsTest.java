package dev.jobradar.mtproto.session;

import static dev.jobradar.mtproto.session.ServerSessionTester.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.session.MessageContainer.Message;
import dev.jobradar.mtproto.session.ServerSessionEvent.LimitExceeded;
import dev.jobradar.mtproto.session.ServerSessionTester.Heard;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.mtproto.BadMsgNotification;
import dev.jobradar.tl.mtproto.BadServerSalt;
import dev.jobradar.tl.mtproto.MsgsAck;
import dev.jobradar.tl.mtproto.MsgsStateReq;
import dev.jobradar.tl.mtproto.method.Ping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each code of bad_msg_notification (core.telegram.org/mtproto/service_messages_about_messages).
 */
class ServerSessionRefusalsTest {
  private static final byte[] QUERY = {1, 1, 1, 1};
  private static final byte[] PING = new Ping(7).toByteArray();

  private final ServerSessionTester client = new ServerSessionTester();

  @BeforeEach
  void begin() {
    client.begin();
  }

  @Test
  void code_16_for_an_id_from_more_than_300_seconds_ago() {
    long id = MessageIds.atTime(client.now - 301_000);

    assertThat(client.send(id, 1, QUERY)).isFalse();

    assertRefused(id, 1, 16);
  }

  @Test
  void an_id_from_almost_300_seconds_ago_is_taken() {
    ServerSessionTester fresh = new ServerSessionTester();

    assertThat(fresh.send(MessageIds.atTime(fresh.now - 299_000), 1, QUERY)).isTrue();
  }

  @Test
  void code_17_for_an_id_from_more_than_30_seconds_ahead() {
    long id = MessageIds.atTime(client.now + 31_000);

    assertThat(client.send(id, 1, QUERY)).isFalse();

    assertRefused(id, 1, 17);
    assertThat(client.send(MessageIds.atTime(client.now + 29_000), 1, QUERY)).isTrue();
  }

  @Test
  void code_18_for_an_id_not_divisible_by_four() {
    for (int lowBits = 1; lowBits < 4; lowBits++) {
      long id = client.nextId() + lowBits;

      assertThat(client.send(id, 1, QUERY)).isFalse();

      assertRefused(id, 1, 18);
    }
  }

  @Test
  void code_18_for_one_message_of_a_container() {
    long bad = client.nextId() + 1;
    long good = client.nextId();

    assertThat(
            client.sendContainer(
                client.nextId(), 4, message(bad, 1, QUERY), message(good, 3, QUERY)))
        .isTrue();

    assertThat(client.events).hasSize(1);
    List<Heard> heard = client.hear();
    assertThat(heard.getFirst().service()).isEqualTo(new BadMsgNotification(bad, 1, 18));
    assertThat(heard.getLast().service()).isEqualTo(new MsgsAck(List.of(good)));
  }

  @Test
  void code_19_for_a_container_with_the_id_of_an_earlier_message() {
    long inner = client.nextId();
    long id = client.query(QUERY);
    client.hear();

    assertThat(client.sendContainer(id, 4, message(inner, 3, QUERY))).isFalse();

    assertThat(client.events).isEmpty();
    assertRefused(id, 4, 19);
  }

  @Test
  void code_20_for_an_id_below_all_that_are_remembered() {
    long old = client.nextId();
    for (int i = 0; i <= ClientMessages.CAPACITY; i++) {
      client.send(client.nextId(), client.serviceSeqNo(), PING);
    }
    client.hear();

    client.sendContainer(client.nextId(), 2, message(old, 1, QUERY));

    assertThat(client.events).isEmpty();
    assertRefused(old, 1, 20);
  }

  @Test
  void code_20_for_an_id_from_before_what_time_made_it_forget() {
    long old = client.nextId();
    client.say(new Ping(1));
    client.now += 601_000;
    client.say(new Ping(1));
    client.hear();

    client.sendContainer(client.nextId(), 2, message(old, 1, QUERY));

    assertRefused(old, 1, 20);
  }

  @Test
  void code_32_for_a_seqno_that_an_earlier_message_has() {
    client.query(QUERY);
    client.query(QUERY);
    client.hear();
    long id = client.nextId();

    assertThat(client.send(id, 3, QUERY)).isFalse();

    assertThat(client.events).isEmpty();
    assertRefused(id, 3, 32);
  }

  @Test
  void code_32_for_a_container_numbered_below_its_contents() {
    long inner = client.nextId();
    long id = client.nextId();

    assertThat(client.sendContainer(id, 0, message(inner, 1, QUERY))).isFalse();

    assertThat(client.events).isEmpty();
    assertRefused(id, 0, 32);
  }

  @Test
  void code_33_for_a_seqno_that_a_later_message_has() {
    long id = client.nextId();
    client.query(QUERY);
    client.hear();

    assertThat(client.send(id, 3, QUERY)).isFalse();

    assertRefused(id, 3, 33);
  }

  @Test
  void messages_may_come_in_another_order_than_they_were_numbered_in() {
    long first = client.nextId();
    long second = client.nextId();

    assertThat(client.send(second, 3, QUERY)).isTrue();
    assertThat(client.send(first, 1, QUERY)).isTrue();
  }

  @Test
  void an_acknowledgement_with_an_odd_seqno_is_taken_and_not_acknowledged() {
    byte[] acknowledgement = new MsgsAck(List.of(1L)).toByteArray();

    assertThat(client.send(client.nextId(), client.contentSeqNo(), acknowledgement)).isTrue();

    assertThat(client.hear()).isEmpty();
  }

  @Test
  void code_34_for_a_container_with_an_odd_seqno() {
    long inner = client.nextId();
    long id = client.nextId();

    assertThat(client.sendContainer(id, 3, message(inner, 1, QUERY))).isFalse();

    assertRefused(id, 3, 34);
  }

  @Test
  void code_35_for_a_query_with_an_even_seqno() {
    long id = client.nextId();

    assertThat(client.send(id, 2, QUERY)).isFalse();

    assertThat(client.events).isEmpty();
    assertRefused(id, 2, 35);
  }

  @Test
  void code_48_with_the_right_salt_for_a_wrong_one() {
    long id = client.nextId();

    assertThat(client.send(42, id, 1, QUERY)).isFalse();

    BadServerSalt refusal = client.hearOnly(BadServerSalt.class);
    assertThat(refusal).isEqualTo(new BadServerSalt(id, 1, 48, client.salts.current(client.now)));
    assertThat(client.send(refusal.newServerSalt(), client.nextId(), 1, QUERY)).isTrue();
  }

  @Test
  void a_wrong_clock_is_told_before_a_wrong_salt() {
    long id = MessageIds.atTime(client.now - 4_000_000);

    client.send(42, id, 1, QUERY);

    assertRefused(id, 1, 16);
  }

  @Test
  void the_salt_before_is_good_for_another_half_hour() {
    long first = client.salts.current(client.now);
    client.now += 1_800_000;
    assertThat(client.salts.current(client.now)).isNotEqualTo(first);
    assertThat(client.send(first, client.nextId(), 1, QUERY)).isTrue();

    client.now += 1_799_000;
    assertThat(client.send(first, client.nextId(), 3, QUERY)).isTrue();
    client.now += 1_000;
    assertThat(client.send(first, client.nextId(), 5, QUERY)).isFalse();
  }

  @Test
  void code_64_for_containers_that_are_none() {
    long inner = client.nextId();
    byte[] nested = MessageContainer.write(List.of(message(inner, 1, QUERY)));
    byte[] cutShort = Arrays.copyOf(nested, nested.length - 4);
    byte[] tooLong = Arrays.copyOf(nested, nested.length + 4);
    byte[] odd = MessageContainer.write(List.of(message(inner, 1, new byte[6])));
    byte[] inContainer = MessageContainer.write(List.of(message(inner, 2, nested)));
    byte[] negative = nested.clone();
    Arrays.fill(negative, 4, 8, (byte) 0xff);
    for (byte[] container : List.of(cutShort, tooLong, odd, inContainer, negative)) {
      long id = client.nextId();

      assertThat(client.send(id, 4, container)).isFalse();

      assertThat(client.events).isEmpty();
      assertRefused(id, 4, 64);
    }
  }

  @Test
  void code_64_for_a_container_with_an_id_below_that_of_a_message_in_it() {
    long id = client.nextId();
    long inner = client.nextId();

    assertThat(client.sendContainer(id, 4, message(inner, 1, QUERY))).isFalse();

    assertRefused(id, 4, 64);
  }

  @Test
  void code_64_for_a_packed_container() {
    TlWriter packed = new TlWriter();
    GzipPacked.write(packed, MessageContainer.write(List.of(message(client.nextId(), 1, QUERY))));
    long id = client.nextId();

    assertThat(client.send(id, 1, packed.toByteArray())).isFalse();

    assertRefused(id, 1, 64);
  }

  @Test
  void a_container_of_1024_messages_is_taken_and_one_more_is_too_much() {
    assertThat(client.sendContainer(client.nextId() + 40_000, 4, pings(1024))).isTrue();
    assertThat(client.events).isEmpty();

    client.sendContainer(client.nextId() + 80_000, 4, pings(1025));

    assertThat(client.events).singleElement().isInstanceOf(LimitExceeded.class);
  }

  @Test
  void a_list_of_8192_ids_is_taken_and_one_more_is_too_much() {
    client.say(new MsgsStateReq(Collections.nCopies(8192, 1L)));
    assertThat(client.events).isEmpty();

    client.say(new MsgsAck(Collections.nCopies(8193, 1L)));

    assertThat(client.events).singleElement().isInstanceOf(LimitExceeded.class);
  }

  @Test
  void a_refused_message_can_be_sent_again_as_it_should_have_been() {
    long id = client.nextId();
    client.send(42, id, 1, QUERY);
    client.hear();

    assertThat(client.send(id, 1, QUERY)).isTrue();

    assertThat(client.events).hasSize(1);
  }

  private Message[] pings(int count) {
    List<Message> pings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pings.add(message(client.nextId(), 2, PING));
    }
    return pings.toArray(Message[]::new);
  }

  private void assertRefused(long id, int seqNo, int code) {
    List<Heard> heard = client.hear();
    assertThat(heard.getFirst().service()).isEqualTo(new BadMsgNotification(id, seqNo, code));
    assertThat(heard.getFirst().seqNo() & 1).isZero();
  }
}
