package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Telegram answers against all expectation, over hours of a client's life. */
class StalledUpdatesTest {
  private static final long MINUTE = 60_000;
  private static final String DIFFERENCE = "updates.getChannelDifference";

  private final SimClient client = new SimClient(new Random(5), true);
  private final SimServer server = client.server;
  private final SimServer.Chan channel = new SimServer.Chan(101, true);
  private final SimServer.Chan busy = new SimServer.Chan(102, true);

  @BeforeEach
  void watch() {
    client.rough = false;
    for (SimServer.Chan each : List.of(channel, busy)) {
      server.numberFromHigh(each);
      server.channels.put(each.id, each);
      post(each, 3);
    }
    client.connect();
    client.run(MINUTE);
  }

  private void post(SimServer.Chan where, int count) {
    for (int i = 0; i < count; i++) {
      server.post(where);
    }
  }

  private int strangePost() {
    server.post(channel);
    channel.unreadable.add(channel.top());
    client.gap();
    return channel.top();
  }

  /** The ids that were posted while it was watched. */
  private List<Integer> posted() {
    return List.copyOf(channel.everPosted.tailMap(client.start.get(channel.id), false).keySet());
  }

  private List<Integer> delivered() {
    return client.posts.getOrDefault(channel.id, List.of());
  }

  private Set<Integer> passedOver() {
    return client.passedOver.getOrDefault(channel.id, Set.of());
  }

  private void assertAllDelivered() {
    assertThat(delivered()).isEqualTo(posted());
    assertThat(passedOver()).isEmpty();
  }

  // What cannot be read

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 150})
  void a_post_of_an_unknown_kind_is_passed_over_and_those_after_it_are_delivered(int after) {
    channel.muted = true;
    post(channel, 2);
    int strange = strangePost();
    post(channel, after);
    channel.muted = false;
    client.disconnect();
    client.run(2 * MINUTE);
    List<Integer> due = new ArrayList<>(posted());
    due.removeIf(id -> id == strange);
    assertThat(delivered()).isEqualTo(due);
    assertThat(passedOver()).containsExactly(strange);
    post(channel, 1);
    client.run(MINUTE);
    assertThat(delivered()).endsWith(channel.top());
  }

  @Test
  void several_posts_of_unknown_kinds_in_a_row_are_each_told() {
    post(channel, 1);
    client.run(MINUTE);
    channel.muted = true;
    List<Integer> strange = List.of(strangePost(), strangePost(), strangePost());
    post(channel, 2);
    int last = strangePost();
    channel.muted = false;
    client.restart();
    client.run(2 * MINUTE);
    assertThat(passedOver()).containsAll(strange).contains(last).hasSize(4);
    assertThat(delivered()).hasSize(3);
  }

  @Test
  void when_no_answer_can_be_read_nothing_is_passed_over_and_it_is_told() {
    client.failCalls = SimServer.unreadable();
    post(channel, 1);
    client.disconnect();
    client.run(10 * MINUTE);
    assertThat(passedOver()).isEmpty();
    assertThat(client.stalled).contains(channel.id);
    client.failCalls = null;
    client.run(30 * MINUTE);
    assertThat(client.stalled).isEmpty();
    assertAllDelivered();
  }

  @Test
  void a_private_message_of_an_unknown_kind_stops_neither_the_others_nor_a_channel() {
    server.letter();
    client.run(MINUTE);
    int before = client.letters.size();
    server.unreadableLetters.add(server.letterCount() + 1);
    client.quiet = true;
    server.letter();
    server.letter();
    post(channel, 1);
    client.quiet = false;
    client.gap();
    client.run(2 * MINUTE);
    assertThat(client.letters).hasSize(before + 1).endsWith(server.letterCount());
    assertAllDelivered();
    assertThat(client.commonSkips).isEqualTo(1);
  }

  // What is refused, or fails for long

  @ParameterizedTest
  @CsvSource({"400,FROZEN_PARTICIPANT_MISSING", "420,FROZEN_METHOD_INVALID"})
  void while_the_difference_is_refused_posts_come_by_push_and_from_the_history(
      int code, String error) {
    assertPostsComeWithoutDifference(RpcException.of(code, error, DIFFERENCE));
  }

  @Test
  void while_the_difference_fails_for_hours_posts_come_by_push_and_from_the_history() {
    assertPostsComeWithoutDifference(
        RpcException.of(500, "PERSISTENT_TIMESTAMP_OUTDATED", DIFFERENCE));
  }

  private void assertPostsComeWithoutDifference(RpcException why) {
    channel.differenceFails = why;
    for (int hour = 0; hour < 3; hour++) {
      post(channel, 1);
      channel.muted = true;
      post(channel, 2);
      channel.muted = false;
      post(channel, 1);
      client.run(60 * MINUTE);
      assertAllDelivered();
      assertThat(client.stalled).containsExactly(channel.id);
    }
    assertThat(client.stalls).as("told once").isEqualTo(1);
    assertThat(client.calls).as("calls in three hours").isLessThan(170);
    channel.differenceFails = null;
    client.run(20 * MINUTE);
    assertThat(client.stalled).isEmpty();
    assertThat(client.faults).isEmpty();
  }

  @Test
  void when_the_account_difference_is_refused_channels_repair_themselves() {
    client.failCommon = RpcException.of(400, "FROZEN_PARTICIPANT_MISSING", "updates.getDifference");
    channel.muted = true;
    post(channel, 2);
    channel.muted = false;
    client.disconnect();
    client.run(MINUTE);
    assertAllDelivered();
    assertThat(client.stalled).containsExactly(0L);
    server.letter();
    client.run(MINUTE);
    assertThat(client.letters).as("pushes in order").hasSize(1);
    client.failCommon = null;
    client.run(20 * MINUTE);
    assertThat(client.stalled).isEmpty();
  }

  @Test
  void when_difference_and_history_are_refused_pushes_are_delivered_and_the_gap_is_told() {
    client.failCalls = RpcException.of(400, "FROZEN_PARTICIPANT_MISSING", "any");
    channel.muted = true;
    post(channel, 2);
    List<Integer> lost = posted();
    channel.muted = false;
    post(channel, 1);
    client.run(5 * MINUTE);
    assertThat(delivered()).containsExactly(channel.top());
    assertThat(passedOver()).containsExactlyInAnyOrderElementsOf(lost);
  }

  // The server's numbers

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_pts_that_falls_loses_and_doubles_nothing(boolean restart) {
    server.fall(channel);
    if (restart) {
      client.restart();
      client.run(MINUTE);
    }
    for (int i = 0; i < 6; i++) {
      post(channel, 1);
      client.run(MINUTE);
    }
    assertThat(delivered()).hasSize(6);
    assertAllDelivered();
  }

  // Silence

  @Test
  void a_channel_whose_push_got_lost_is_asked_although_others_keep_the_account_busy() {
    channel.muted = true;
    post(channel, 1);
    for (int minute = 0; minute < 7; minute++) {
      post(busy, 1);
      client.run(MINUTE);
    }
    assertAllDelivered();
    int before = client.calls;
    for (int minute = 0; minute < 24 * 60; minute++) {
      post(busy, 1);
      client.run(MINUTE);
    }
    assertThat(client.calls - before).as("calls in a day").isBetween(230, 300);
  }
}
