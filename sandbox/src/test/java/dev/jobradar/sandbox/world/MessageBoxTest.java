package dev.jobradar.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageBoxTest {

  private final TestWorld test = new TestWorld();
  private final World world = test.world;
  private final UserId ann = test.user("100");
  private final UserId bob = test.user("200");

  private World.Sent send(UserId from, UserId to, long randomId) {
    return world.send(from, to, "text " + randomId, List.of(), randomId, null);
  }

  @Test
  void a_message_lies_in_both_boxes_under_ids_of_their_own() {
    send(ann, ann, 1);
    World.Sent sent = send(ann, bob, 2);

    assertThat(sent.message().id()).isEqualTo(2);
    assertThat(sent.message().out()).isTrue();
    Message received = world.messages(bob, List.of(1)).getFirst();
    assertThat(received.peer()).isEqualTo(ann);
    assertThat(received.out()).isFalse();
    assertThat(received.text()).isEqualTo("text 2");
  }

  @Test
  void a_message_to_oneself_exists_once() {
    send(ann, ann, 1);

    HistoryPage<Message> saved = world.history(ann, ann, HistoryQuery.newest(10));
    assertThat(saved.items()).hasSize(1);
    assertThat(saved.items().getFirst().out()).isFalse();
    assertThat(world.state(ann).pts()).isEqualTo(MessageBox.FIRST_PTS + 1);
  }

  @Test
  void a_random_id_is_good_once_per_account() {
    send(ann, ann, 7);

    assertThatThrownBy(() -> send(ann, bob, 7)).hasMessage("RANDOM_ID_DUPLICATE");
    assertThat(world.history(ann, bob, HistoryQuery.newest(10)).items()).isEmpty();
    assertThat(send(bob, ann, 7).message().id()).isEqualTo(1);
  }

  @Test
  void a_difference_continues_exactly_where_the_client_stands() {
    for (int i = 1; i <= 5; i++) {
      send(bob, ann, i);
    }
    world.readMessages(ann, bob, 3, null);
    int top = world.state(ann).pts();

    for (int from = MessageBox.FIRST_PTS; from < top; from++) {
      Difference.Part part = (Difference.Part) world.difference(ann, from, test.now, 0, 0);
      int position = from;
      for (Update.OfBox update : part.updates()) {
        assertThat(update.pts()).isEqualTo(position + update.ptsCount());
        position = update.pts();
      }
      assertThat(part.state().pts()).isEqualTo(top).isEqualTo(position);
      assertThat(part.complete()).isTrue();
    }
    assertThat(world.difference(ann, top, test.now, 0, 0)).isInstanceOf(Difference.Empty.class);
  }

  @Test
  void a_long_difference_comes_in_slices_or_not_at_all() {
    for (int i = 1; i <= 30; i++) {
      send(bob, ann, i);
    }

    Difference.Part slice = (Difference.Part) world.difference(ann, 1, test.now, 12, 0);
    assertThat(slice.updates()).hasSize(12);
    assertThat(slice.complete()).isFalse();
    assertThat(slice.state().pts()).isEqualTo(13);
    assertThat(world.difference(ann, 1, test.now, 0, 29)).isEqualTo(new Difference.TooLong(31));
    assertThat(world.difference(ann, 1, test.now, 0, 30)).isInstanceOf(Difference.Part.class);
  }

  @Test
  void a_difference_names_the_joined_channels_in_which_something_happened() {
    ChannelId joined = test.channel("joined");
    ChannelId other = test.channel("other");
    ChannelId quiet = test.channel("quiet");
    world.join(ann, joined, null);
    world.join(ann, quiet, null);
    test.now += 100;
    int since = test.now;
    test.post(joined, "news");
    test.post(other, "news");

    Difference.Part part = (Difference.Part) world.difference(ann, 1, since, 0, 0);
    assertThat(part.behind()).extracting(ChannelInfo::id).containsExactly(joined);
    test.now += 100;
    assertThat(world.difference(ann, 1, test.now, 0, 0)).isInstanceOf(Difference.Empty.class);
  }

  @Test
  void positions_from_nowhere_are_refused() {
    assertThatThrownBy(() -> world.difference(ann, 0, test.now, 0, 0))
        .hasMessage("PERSISTENT_TIMESTAMP_EMPTY");
    assertThatThrownBy(() -> world.difference(ann, 5, test.now, 0, 0))
        .hasMessage("PERSISTENT_TIMESTAMP_INVALID");
    assertThatThrownBy(() -> world.difference(ann, 1, 0, 0, 0)).hasMessage("DATE_EMPTY");
  }

  @Test
  void the_other_sessions_of_both_sides_hear_of_a_message() {
    TestWorld.Session sending = new TestWorld.Session();
    TestWorld.Session annsOther = new TestWorld.Session();
    TestWorld.Session bobs = new TestWorld.Session();
    world.subscribe(ann, sending);
    world.subscribe(ann, annsOther);
    world.subscribe(bob, bobs);

    world.send(ann, bob, "hi", List.of(), 5, sending);

    assertThat(sending.heard).isEmpty();
    assertThat(annsOther.heard).singleElement().isInstanceOf(Update.NewMessage.class);
    assertThat(bobs.heard)
        .singleElement()
        .isEqualTo(new Update.NewMessage(world.messages(bob, List.of(1)).getFirst(), 2, 0));
    world.unsubscribe(bob, bobs);
    send(ann, bob, 6);
    assertThat(bobs.heard).hasSize(1);
  }

  @Test
  void reading_tells_the_writer_which_of_their_messages_was_read() {
    send(ann, ann, 1);
    send(ann, bob, 2);
    send(ann, bob, 3);
    TestWorld.Session anns = new TestWorld.Session();
    world.subscribe(ann, anns);
    assertThat(world.dialog(bob, ann).unread()).isEqualTo(2);

    world.readMessages(bob, ann, 1, null);

    assertThat(world.dialog(bob, ann).unread()).isEqualTo(1);
    assertThat(anns.heard).containsExactly(new Update.ReadOutbox(bob, 2, world.state(ann).pts()));
    assertThat(world.dialog(ann, bob).readOutbox()).isEqualTo(2);
    int before = world.state(bob).pts();
    assertThat(world.readMessages(bob, ann, 1, null)).isEqualTo(before);
  }

  @Test
  void dialogs_come_most_recent_first() {
    ChannelId jobs = test.channel("jobs");
    world.join(ann, jobs, null);
    test.now += 10;
    send(ann, ann, 1);
    test.now += 10;
    send(bob, ann, 2);
    assertThat(world.dialogs(ann)).extracting(Dialog::peer).containsExactly(bob, ann, jobs);

    test.now += 10;
    test.post(jobs, "news");
    assertThat(world.dialogs(ann)).extracting(Dialog::peer).containsExactly(jobs, bob, ann);
    assertThat(world.dialog(ann, jobs).unread()).isEqualTo(1);
  }

  @Test
  void concurrent_senders_leave_no_gap() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    TestWorld.Session bobs = new TestWorld.Session();
    world.subscribe(bob, bobs);
    for (int t = 0; t < 8; t++) {
      int base = 1000 * t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 1; i <= 200; i++) {
                  send(ann, bob, base + i);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(bobs.heard).hasSize(1600);
    int pts = MessageBox.FIRST_PTS;
    for (Update update : bobs.heard) {
      assertThat(((Update.NewMessage) update).pts()).isEqualTo(++pts);
    }
  }
}
