package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.Connector;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserClientsOptions;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.server.account.WatchList.Watch;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TelegramAccountsIT {
  private static final UserId USER = new UserId(7);
  private static final UserId STRANGER = new UserId(8);

  private final Sandbox sandbox = Sandbox.builder().strict(true).start();
  private final SessionsInMemory sessions = new SessionsInMemory();
  private final EventLog events = new EventLog();
  private UserClients clients;
  private TelegramAccounts accounts;

  TelegramAccountsIT() {
    sessions.put(USER, SessionString.parse(sandbox.accounts(1).getFirst()).session());
    AccountSubscriptions watcher = new AccountSubscriptions(() -> events, events::published);
    clients = newClients(watcher);
    accounts = new TelegramAccounts(clients, sessions, watcher);
  }

  private UserClients newClients(AccountSubscriptions watcher) {
    return new UserClients(
        sessions,
        Connector.of(SandboxClients.options(sandbox).build()),
        UserClientsOptions.DEFAULT,
        watcher,
        watcher);
  }

  /** The service ends and begins again. */
  private void restart() {
    accounts.close();
    clients.close();
    AccountSubscriptions watcher = new AccountSubscriptions(() -> events, events::published);
    clients = newClients(watcher);
    accounts = new TelegramAccounts(clients, sessions, watcher);
  }

  @AfterEach
  void close() {
    accounts.close();
    clients.close();
    int most = sandbox.stats().maxOpenPerAccount();
    sandbox.close();
    assertThat(most).isLessThanOrEqualTo(1);
  }

  private List<SourceChannel> resolved(boolean joined, int count) throws InterruptedException {
    List<SourceChannel> found = new ArrayList<>();
    for (ChannelInfo channel : sandbox.world().channels()) {
      String name = channel.username();
      if (found.size() < count && name != null) {
        SourceChannel source = accounts.resolve(USER, name);
        if (source.joined() == joined) {
          found.add(source);
        }
      }
    }
    assertThat(found).hasSize(count);
    return found;
  }

  private WatchList watchList(List<SourceChannel> channels) {
    return new WatchList(
        events.account(),
        channels.stream()
            .map(source ->
                new Watch(
                    source.channel(),
                    source.joined(),
                    events.position(source.channel().id()).orElse(null)))
            .toList());
  }

  private int post(SourceChannel source, String text) {
    return sandbox.post(source.names().getFirst(), text).id();
  }

  private void awaitPosts(Map<Long, List<Integer>> expected) throws InterruptedException {
    events.await(() ->
        expected.entrySet().stream()
            .allMatch(each -> events.posts(each.getKey()).size() >= each.getValue().size()));
    expected.forEach((channel, ids) -> assertThat(events.posts(channel)).isEqualTo(ids));
  }

  @Test
  void somebody_without_a_session_is_told_so() {
    assertThatThrownBy(() -> accounts.profile(STRANGER))
        .isInstanceOf(AccountException.NotSignedIn.class);
    assertThat(accounts.state(STRANGER)).isEqualTo(new AccountState.NotSignedIn());
  }

  @Test
  void an_unknown_name_and_a_persons_name_are_no_channels() {
    assertThatThrownBy(() -> accounts.resolve(USER, "nosuchchannel"))
        .isInstanceOf(AccountException.NoSuchName.class);
  }

  @Test
  void the_same_message_is_sent_once_however_often_it_is_repeated() throws Exception {
    Sent first = accounts.sendToSelf(USER, MessageContent.of("hello"), 42);
    Sent again = accounts.sendToSelf(USER, MessageContent.of("hello"), 42);
    assertThat(first.repeated()).isFalse();
    assertThat(again).isEqualTo(first);
    assertThat(accounts.state(USER)).isInstanceOf(AccountState.Connected.class);
  }

  @Test
  void posts_of_joined_and_other_channels_come_once_and_in_order_over_a_restart() throws Exception {
    List<SourceChannel> channels = new ArrayList<>(resolved(true, 3));
    channels.addAll(resolved(false, 2));
    accounts.watch(USER, watchList(channels));
    events.await(
        () -> channels.stream().allMatch(each -> events.feed(each.channel().id()).isPresent()));
    events.await(
        () -> channels.stream().allMatch(each -> events.position(each.channel().id()).isPresent()));
    assertThat(events.feed(channels.getFirst().channel().id())).contains(WatchMode.PUSHED);
    assertThat(events.feed(channels.getLast().channel().id())).contains(WatchMode.POLLED);
    Map<Long, List<Integer>> expected = new LinkedHashMap<>();
    for (int round = 0; round < 3; round++) {
      for (SourceChannel each : channels) {
        expected
            .computeIfAbsent(each.channel().id(), id -> new ArrayList<>())
            .add(post(each, "post " + round));
      }
      if (round == 1) {
        restart();
        accounts.watch(USER, watchList(channels));
      }
    }
    awaitPosts(expected);
  }

  @Test
  void more_than_ten_channels_that_are_not_joined_take_turns_and_lose_nothing() throws Exception {
    List<SourceChannel> channels = resolved(false, 12);
    accounts.watch(USER, watchList(channels));
    events.await(
        () -> channels.stream().allMatch(each -> events.position(each.channel().id()).isPresent()));
    assertThat(channels).allMatch(each -> events.feed(each.channel().id()).isPresent());
    assertThat(events.feed(channels.getLast().channel().id())).contains(WatchMode.IN_TURN);
    Map<Long, List<Integer>> expected = new LinkedHashMap<>();
    for (SourceChannel each : channels) {
      expected.put(each.channel().id(), List.of(post(each, "one"), post(each, "two")));
    }
    awaitPosts(expected);
  }

  @Test
  void who_watched_nothing_for_a_while_hears_everything_of_what_comes_then() throws Exception {
    List<SourceChannel> channels = resolved(true, 2);
    SourceChannel later = channels.getLast();
    accounts.watch(USER, watchList(channels.subList(0, 1)));
    events.await(() -> events.feed(channels.getFirst().channel().id()).isPresent());
    accounts.watch(USER, WatchList.NOTHING);
    accounts.watch(USER, watchList(List.of(later)));
    events.await(() -> events.position(later.channel().id()).isPresent());
    events.await(() -> events.feed(later.channel().id()).isPresent());
    awaitPosts(Map.of(later.channel().id(), List.of(post(later, "one"))));
  }

  @Test
  void a_failure_above_stops_the_user_and_the_stored_positions_bring_everything_back()
      throws Exception {
    List<SourceChannel> channels = resolved(true, 2);
    accounts.watch(USER, watchList(channels));
    events.await(
        () -> channels.stream().allMatch(each -> events.position(each.channel().id()).isPresent()));
    events.failNext(1);
    int first = post(channels.getFirst(), "one");
    events.await(() -> events.stops() == 1);
    int second = post(channels.getFirst(), "two");
    int other = post(channels.getLast(), "other");
    accounts.watch(USER, watchList(channels));
    awaitPosts(
        Map.of(
            channels.getFirst().channel().id(),
            List.of(first, second),
            channels.getLast().channel().id(),
            List.of(other)));
  }

  @Test
  void after_a_logout_nothing_is_open_until_something_is_asked_for() throws Exception {
    accounts.watch(USER, watchList(resolved(true, 1)));
    accounts.close(USER);
    assertThat(accounts.state(USER)).isEqualTo(new AccountState.Asleep());
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
    accounts.profile(USER);
    assertThat(accounts.state(USER)).isInstanceOf(AccountState.Connected.class);
  }

  @Test
  void disconnecting_telegram_ends_the_session_there_and_here() throws Exception {
    accounts.profile(USER);
    assertThat(accounts.logOut(USER)).isTrue();
    assertThat(accounts.state(USER)).isEqualTo(new AccountState.NotSignedIn());
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
  }

  @Test
  void when_the_service_ends_nothing_can_be_reached_and_nothing_breaks() throws Exception {
    WatchList list = watchList(resolved(true, 1));
    clients.close();
    assertThatThrownBy(() -> accounts.profile(USER))
        .isInstanceOf(AccountException.Unreachable.class);
    assertThatThrownBy(() -> accounts.sendToSelf(USER, MessageContent.of("hello"), 42))
        .isInstanceOf(AccountException.Unreachable.class);
    assertThat(accounts.logOut(USER)).isFalse();
    accounts.watch(USER, list);
    accounts.close(USER);
    assertThat(accounts.state(USER)).isEqualTo(new AccountState.Asleep());
  }
}
