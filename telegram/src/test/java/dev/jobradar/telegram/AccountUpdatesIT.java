package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.WorldOptions;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.UpdateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AccountUpdatesIT {
  private Sandbox sandbox;
  private SavedSession session;
  private final List<TelegramClient> clients = new ArrayList<>();
  private final StoredUpdates stored = new StoredUpdates();

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.builder()
            .dataCentres(1)
            .strict(true)
            .worldOptions(WorldOptions.DEFAULT.withChannelGap(30).withChannelSlice(7))
            .start();
    session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
  }

  @AfterEach
  void stop() {
    clients.forEach(TelegramClient::close);
    assertThat(stored.overlapped()).isFalse();
    assertThat(sandbox.stats().maxOpenPerKey()).isLessThanOrEqualTo(1);
    sandbox.close();
  }

  private TelegramClient client() {
    TelegramOptions options = SandboxOptions.of(sandbox).build();
    TelegramClient client = new TelegramClient(options, session, ClientListener.NONE);
    clients.add(client);
    client.open();
    return client;
  }

  private static ChannelPeer joined(TelegramClient client, String name) throws Exception {
    ChannelPeer peer = client.channels().resolve(name).peer();
    client.channels().join(peer);
    return peer;
  }

  private static ChannelPeer notJoined(TelegramClient client, String name) throws Exception {
    ChannelPeer peer = client.channels().resolve(name).peer();
    client.channels().leave(peer);
    return peer;
  }

  private void watch(TelegramClient client, ChannelPeer... peers) throws Exception {
    client.updates().start(stored.common(), watches(peers), stored);
    for (ChannelPeer peer : peers) {
      stored.await(() -> stored.begun(peer), peer + " is watched");
    }
  }

  private List<Watch> watches(ChannelPeer... peers) {
    return List.of(peers).stream().map(stored::watch).toList();
  }

  private List<Integer> post(String channel, int count) {
    return IntStream.range(0, count)
        .map(i -> sandbox.post(channel, "Вакансия " + i).id())
        .boxed()
        .toList();
  }

  private void awaitNoConnection() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> sandbox.stats().connections() == 0);
  }

  private void awaitPosts(ChannelPeer peer, int count) throws Exception {
    stored.await(() -> stored.ids(peer).size() >= count, count + " posts of " + peer);
  }

  @Test
  void posts_of_joined_channels_are_pushed_and_those_of_others_polled() throws Exception {
    TelegramClient client = client();
    ChannelPeer pushed = joined(client, "javajobs");
    ChannelPeer polled = notJoined(client, "golangjobs");
    watch(client, pushed, polled);
    assertThat(stored.updateMode(pushed)).isEqualTo(UpdateMode.PUSHED);
    assertThat(stored.updateMode(polled)).isEqualTo(UpdateMode.POLLED);
    assertThat(client.updates().updateMode(polled.id())).contains(UpdateMode.POLLED);
    List<Integer> first = post("javajobs", 20);
    List<Integer> second = post("golangjobs", 20);
    awaitPosts(pushed, 20);
    awaitPosts(polled, 20);
    assertThat(stored.ids(pushed)).isEqualTo(first);
    assertThat(stored.ids(polled)).isEqualTo(second);
    assertThat(stored.texts(pushed).getFirst()).isEqualTo("Вакансия 0");
  }

  @Test
  void a_new_client_goes_on_from_the_stored_positions_whatever_came_in_between() throws Exception {
    TelegramClient first = client();
    ChannelPeer little = joined(first, "javajobs");
    ChannelPeer tooMuch = joined(first, "pythonwork");
    ChannelPeer polled = notJoined(first, "golangjobs");
    watch(first, little, tooMuch, polled);
    List<Integer> some = new ArrayList<>(post("javajobs", 3));
    awaitPosts(little, 3);
    first.close();

    some.addAll(post("javajobs", 5));
    List<Integer> many = post("pythonwork", 250);
    List<Integer> others = post("golangjobs", 120);
    TelegramClient second = client();
    watch(second, little, tooMuch, polled);
    awaitPosts(little, 8);
    awaitPosts(tooMuch, 250);
    awaitPosts(polled, 120);
    assertThat(stored.ids(little)).isEqualTo(some);
    assertThat(stored.ids(tooMuch)).isEqualTo(many);
    assertThat(stored.ids(polled)).isEqualTo(others);
    assertThat(stored.largestPage()).isBetween(50, 100);
  }

  @Test
  void a_channel_that_is_added_while_it_runs_begins_with_the_posts_to_come() throws Exception {
    TelegramClient client = client();
    client.updates().start(null, List.of(), stored);
    ChannelPeer peer = joined(client, "javajobs");
    client.updates().watch(peer, ChannelPosition.NEWEST);
    stored.await(() -> stored.begun(peer), "it is watched");
    List<Integer> ids = post("javajobs", 2);
    awaitPosts(peer, 2);
    assertThat(stored.ids(peer)).isEqualTo(ids);

    client.updates().unwatch(peer.id());
    ChannelPeer other = joined(client, "pythonwork");
    client.updates().watch(other, ChannelPosition.NEWEST);
    stored.await(() -> stored.begun(other), "the other is watched");
    post("javajobs", 2);
    post("pythonwork", 1);
    awaitPosts(other, 1);
    assertThat(stored.ids(peer)).isEqualTo(ids);
    assertThat(client.updates().updateMode(peer.id())).isEmpty();
  }

  @Test
  void joining_and_leaving_changes_how_posts_come() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = notJoined(client, "golangjobs");
    watch(client, peer);
    client.channels().join(peer);
    stored.await(() -> stored.updateMode(peer) == UpdateMode.PUSHED, "pushed");
    client.channels().leave(peer);
    stored.await(() -> stored.updateMode(peer) == UpdateMode.POLLED, "polled");
    List<Integer> ids = post("golangjobs", 3);
    awaitPosts(peer, 3);
    assertThat(stored.ids(peer)).isEqualTo(ids);
  }

  @Test
  void an_eleventh_channel_that_is_not_joined_is_refused() throws Exception {
    TelegramClient client = client();
    List<Channel> free = new ArrayList<>();
    for (var info : sandbox.world().channels()) {
      String name = info.username();
      if (name != null && free.size() < 11) {
        Channel channel = client.channels().resolve(name);
        client.channels().leave(channel.peer());
        free.add(channel);
      }
    }
    client
        .updates()
        .start(null, free.stream().map(each -> stored.watch(each.peer())).toList(), stored);
    ChannelPeer last = free.get(10).peer();
    stored.await(() -> stored.ended(last) != null, "the eleventh is refused");
    assertThat(stored.ended(last)).startsWith("TOO_MANY_POLLED");
    stored.await(
        () -> stored.updateMode(free.get(9).peer()) == UpdateMode.POLLED, "the tenth is polled");
  }

  @Test
  void a_channel_that_cannot_be_read_ends_and_spoils_nothing_for_the_others() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = joined(client, "javajobs");
    ChannelPeer wrong = new ChannelPeer(client.channels().resolve("pythonwork").peer().id(), 1);
    client.updates().start(null, watches(wrong, peer), stored);
    stored.await(() -> stored.ended(wrong) != null, "it is told");
    assertThat(stored.ended(wrong)).startsWith("NO_ACCESS CHANNEL_");
    stored.await(() -> stored.begun(peer), "the other is watched");
    post("javajobs", 1);
    awaitPosts(peer, 1);
  }

  @Test
  void what_the_account_writes_to_itself_is_heard() throws Exception {
    TelegramClient client = client();
    watch(client);
    stored.await(() -> stored.common() != null, "it runs");
    // While it runs, the answer to one's own call only says that something was sent.
    client.updates().stop();
    client.channels().sendToSelf("Себе", 8);
    client.updates().start(stored.common(), List.of(), stored);
    stored.await(() -> !stored.messages().isEmpty(), "the message");
    ChatMessage message = stored.messages().getFirst();
    assertThat(message.text()).isEqualTo("Себе");
    assertThat(message.chat()).isEqualTo(new ChatMessage.Private(client.me().id()));
  }

  @Test
  void when_the_listener_throws_updates_stop_and_nothing_is_skipped() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = joined(client, "javajobs");
    watch(client, peer);
    List<Integer> ids = new ArrayList<>(post("javajobs", 1));
    awaitPosts(peer, 1);
    client.updates().stop();

    UpdatesListener broken =
        new UpdatesListener() {
          @Override
          public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
            throw new IllegalStateException("the database is gone");
          }

          @Override
          public void onFailed(Throwable cause) {
            // Going on from here is allowed, and the natural place to do it.
            client.updates().start(stored.common(), watches(peer), stored);
          }
        };
    client.updates().start(stored.common(), watches(peer), broken);
    ids.addAll(post("javajobs", 3));
    awaitPosts(peer, 4);
    assertThat(stored.ids(peer)).isEqualTo(ids);
  }

  @Test
  void a_listener_that_blocks_for_long_misses_nothing() throws Exception {
    TelegramClient client = client();
    ChannelPeer pushed = joined(client, "javajobs");
    ChannelPeer other = joined(client, "pythonwork");
    watch(client, pushed, other);
    client.updates().stop();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    UpdatesListener slow =
        new StoredUpdates() {
          @Override
          public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
            inside.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            stored.onPosts(channelId, posts, position);
          }
        };
    client.updates().start(stored.common(), watches(pushed, other), slow);
    List<Integer> first = new ArrayList<>(post("javajobs", 1));
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    // More than are kept for it: what it cannot be told of from memory is asked for again.
    first.addAll(post("javajobs", 600));
    List<Integer> second = post("pythonwork", 600);
    client.refreshMe();
    goOn.countDown();
    awaitPosts(pushed, 601);
    awaitPosts(other, 600);
    assertThat(stored.ids(pushed)).isEqualTo(first);
    assertThat(stored.ids(other)).isEqualTo(second);
  }

  @Test
  void close_waits_for_the_listener() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = joined(client, "javajobs");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    UpdatesListener slow =
        new UpdatesListener() {
          @Override
          public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
            inside.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              unexpected.set(e);
            }
          }

          @Override
          public void onChannelMoved(long channelId, ChannelPosition position) {
            stored.onChannelMoved(channelId, position);
          }
        };
    client.updates().start(null, watches(peer), slow);
    stored.await(() -> stored.begun(peer), "it is watched");
    post("javajobs", 1);
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    long start = System.nanoTime();
    Thread closing = Thread.ofVirtual().start(client::close);
    // The connection goes at once, the listener keeps close() from returning for three seconds.
    awaitNoConnection();
    if (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2)) {
      assertThat(closing.join(Duration.ofMillis(50))).isFalse();
    }
    goOn.countDown();
    assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
    assertThat(unexpected.get()).isNull();
    assertThatThrownBy(() -> client.updates().start(null, List.of(), stored))
        .isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void a_listener_that_hangs_does_not_keep_close_for_ever() throws Exception {
    TelegramClient client = client();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    client
        .updates()
        .start(
            null,
            List.of(),
            new UpdatesListener() {
              @Override
              public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {}

              @Override
              public void onCommon(AccountUpdateBatch news) {
                inside.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  unexpected.set(e);
                }
              }
            });
    assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
    Thread closing = Thread.ofVirtual().start(client::close);
    assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
    // The server may notice it later than the client is done.
    awaitNoConnection();
    assertThat(client.awaitClosed(Duration.ZERO)).isFalse();
    goOn.countDown();
    assertThat(client.awaitClosed(Duration.ofSeconds(60))).isTrue();
    assertThat(unexpected.get()).isNull();
  }

  @Test
  void the_listener_may_close_the_client() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = joined(client, "javajobs");
    CountDownLatch done = new CountDownLatch(1);
    UpdatesListener closing =
        new UpdatesListener() {
          @Override
          public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
            client.close();
            done.countDown();
          }

          @Override
          public void onChannelMoved(long channelId, ChannelPosition position) {
            stored.onChannelMoved(channelId, position);
          }
        };
    client.updates().start(null, watches(peer), closing);
    stored.await(() -> stored.begun(peer), "it is watched");
    post("javajobs", 1);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(client.updates().running()).isFalse();
  }

  @Test
  void the_listener_may_stop_and_start_as_it_likes() throws Exception {
    TelegramClient client = client();
    ChannelPeer peer = joined(client, "javajobs");
    watch(client, peer);
    client.updates().stop();
    UpdatesListener restless =
        new UpdatesListener() {
          @Override
          public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
            for (int i = 0; i < 3; i++) {
              client.updates().stop();
              client.updates().start(stored.common(), watches(peer), stored);
            }
          }
        };
    client.updates().start(stored.common(), watches(peer), restless);
    List<Integer> ids = post("javajobs", 2);
    awaitPosts(peer, 2);
    assertThat(stored.ids(peer)).isEqualTo(ids);
  }

  @Test
  void a_sign_in_that_is_over_ends_updates_and_says_why() throws Exception {
    TelegramClient client = client();
    watch(client);
    stored.await(() -> stored.common() != null, "it runs");
    sandbox
        .world()
        .revoke(new KeyId(Objects.requireNonNull(session.authKey()).id()), 401, "SESSION_REVOKED");
    assertThatThrownBy(client::refreshMe).isInstanceOf(RpcException.SessionEnded.class);
    stored.await(() -> stored.failure() != null, "the end is told");
    assertThat(stored.failure()).isInstanceOf(RpcException.SessionEnded.class);
    assertThat(client.updates().running()).isFalse();
  }
}
