package dev.jobradar.sandbox.rpc;

import static dev.jobradar.sandbox.rpc.TestServer.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.InputDialogPeer;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputMessagesFilterEmpty;
import dev.jobradar.tl.api.InputMessagesFilterPhotos;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.InputPeerChat;
import dev.jobradar.tl.api.InputPeerEmpty;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.InputPeerUser;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.Dialogs;
import dev.jobradar.tl.api.messages.DialogsSlice;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Contacts;
import dev.jobradar.tl.api.method.Messages;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMethodsTest {

  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("javajobs", 250);
  private final Client ann = test.signedIn("9996621231");
  private final Client bob = test.signedIn("9996621233");

  private static Messages.GetHistory history(TypeInputPeer peer, int offsetId, int limit) {
    return new Messages.GetHistory(peer, offsetId, 0, 0, limit, 0, 0, 0);
  }

  private static Messages.SendMessage.Builder message(TypeInputPeer peer, String text) {
    return Messages.SendMessage.builder().peer(peer).message(text).randomId(text.hashCode() | 1L);
  }

  private InputPeerUser asSeenByAnn(Client other) {
    return new InputPeerUser(other.me().value(), test.world.accessHash(ann.me(), other.me()));
  }

  // Reading

  @Test
  void a_public_name_leads_to_its_posts() {
    ResolvedPeer resolved =
        ann.call(Contacts.ResolveUsername.builder().username("JavaJobs").build());
    Channel channel = (Channel) resolved.chats().getFirst();
    assertThat(channel.left()).isTrue();
    assertThat(channel.broadcast()).isTrue();

    ChannelMessages page =
        (ChannelMessages)
            ann.call(
                history(
                    new InputPeerChannel(
                        channel.id(), java.util.Objects.requireNonNull(channel.accessHash())),
                    0,
                    3));

    assertThat(ids(page.messages())).containsExactly(250, 249, 248);
    assertThat(page.count()).isEqualTo(250);
    Message post = (Message) page.messages().getFirst();
    assertThat(post.post()).isTrue();
    assertThat(post.message()).isEqualTo("post 250");
    assertThat(post.peerId()).isEqualTo(new PeerChannel(jobs.value()));
    assertThat(page.chats()).hasSize(1);
  }

  @Test
  void all_posts_come_page_by_page_each_once() {
    int offset = 0;
    int seen = 0;
    while (true) {
      ChannelMessages page = (ChannelMessages) ann.call(history(ann.peer(jobs), offset, 1000));
      if (page.messages().isEmpty()) {
        break;
      }
      assertThat(page.messages()).hasSizeLessThanOrEqualTo(100);
      assertThat(ids(page.messages()).getFirst()).isEqualTo(250 - seen);
      seen += page.messages().size();
      offset = ids(page.messages()).getLast();
    }
    assertThat(seen).isEqualTo(250);
  }

  @Test
  void an_answer_that_the_client_has_already_is_not_sent_again() {
    // The hash of api/offsets, computed as the page says.
    long hash = 0;
    for (long id : LongStream.rangeClosed(246, 250).map(i -> 496 - i).toArray()) {
      hash ^= hash >>> 21;
      hash ^= hash << 35;
      hash ^= hash >>> 4;
      hash += id;
    }

    assertThat(ann.call(new Messages.GetHistory(ann.peer(jobs), 0, 0, 0, 5, 0, 0, hash)))
        .isEqualTo(new MessagesNotModified(250));
  }

  @Test
  void messages_are_found_by_id_and_missing_ones_are_empty() {
    ChannelMessages posts =
        (ChannelMessages)
            ann.call(
                new Channels.GetMessages(
                    ann.input(jobs),
                    List.of(
                        new InputMessageID(7), new InputMessageID(999), new InputMessageID(3))));
    assertThat(ids(posts.messages())).containsExactly(7, -999, 3);

    ann.sendToSelf("note", 1);
    var own =
        (dev.jobradar.tl.api.messages.Messages)
            ann.call(
                new Messages.GetMessages(List.of(new InputMessageID(1), new InputMessageID(2))));
    assertThat(ids(own.messages())).containsExactly(1, -2);
  }

  @Test
  void a_search_finds_words_and_nothing_of_other_kinds() {
    Messages.Search search =
        Messages.Search.builder()
            .peer(ann.peer(jobs))
            .q("POST 24")
            .filter(new InputMessagesFilterEmpty())
            .limit(5)
            .build();

    ChannelMessages found = (ChannelMessages) ann.call(search);
    assertThat(ids(found.messages())).containsExactly(249, 248, 247, 246, 245);
    assertThat(found.count()).isEqualTo(11);
    ChannelMessages photos =
        (ChannelMessages)
            ann.call(search.toBuilder().filter(new InputMessagesFilterPhotos()).build());
    assertThat(photos.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "javajob, USERNAME_NOT_OCCUPIED",
    "ab, USERNAME_INVALID",
    "'', USERNAME_INVALID",
    "1java, USERNAME_INVALID",
    "java jobs, USERNAME_INVALID",
    "java__jobs, USERNAME_INVALID",
  })
  void a_name_that_is_nobodys_says_so(String name, String error) {
    assertThatThrownBy(() -> ann.call(Contacts.ResolveUsername.builder().username(name).build()))
        .hasMessage(error);
  }

  @Test
  void an_access_hash_of_somebody_else_opens_nothing() {
    InputPeerChannel bobs = bob.peer(jobs);

    assertThatThrownBy(() -> ann.call(history(bobs, 0, 1))).hasMessage("CHANNEL_INVALID");
    assertThatThrownBy(() -> ann.call(history(new InputPeerChannel(5, 5), 0, 1)))
        .hasMessage("CHANNEL_INVALID");
    assertThatThrownBy(() -> ann.call(history(new InputPeerUser(bob.me().value(), 5), 0, 1)))
        .hasMessage("PEER_ID_INVALID");
    assertThatThrownBy(() -> ann.call(history(new InputPeerChat(5), 0, 1)))
        .hasMessage("PEER_ID_INVALID");
    assertThatThrownBy(() -> ann.call(history(new InputPeerEmpty(), 0, 1)))
        .hasMessage("PEER_ID_INVALID");
  }

  // Writing

  @Test
  void a_note_to_oneself_is_answered_in_full_and_told_to_the_other_sessions() {
    Client other = ann.another();
    other.call(new dev.jobradar.tl.api.method.Updates.GetState());
    ann.pushed.clear();

    Updates sent = (Updates) ann.sendToSelf("  note \n", 42);

    assertThat(sent.updates().getFirst()).isEqualTo(new UpdateMessageID(1, 42));
    UpdateNewMessage made = (UpdateNewMessage) sent.updates().getLast();
    assertThat(made.message())
        .isInstanceOfSatisfying(Message.class, m -> assertThat(m.id()).isEqualTo(1));
    assertThat(made.pts()).isEqualTo(2);
    assertThat(sent.users()).hasSize(1);
    assertThat(ann.pushed).isEmpty();
    Updates told = (Updates) other.pushed.getFirst();
    Message message = (Message) ((UpdateNewMessage) told.updates().getFirst()).message();
    assertThat(message.message()).isEqualTo("note");
    assertThat(message.peerId()).isEqualTo(new PeerUser(ann.me().value()));
    assertThat(told.users()).hasSize(1);
  }

  @Test
  void a_random_id_is_good_once() {
    TypeUpdates first = ann.sendToSelf("once", 42);
    ann.sendToSelf("another", 43);

    assertThat(ann.sendToSelf("twice", 42)).isEqualTo(first);
    assertThat(ann.another().sendToSelf("twice", 42)).isEqualTo(first);
    assertThat(test.world.history(ann.me(), ann.me(), HistoryQuery.newest(10)).total())
        .isEqualTo(2);
    assertThatThrownBy(() -> ann.call(message(ann.peer(jobs), "elsewhere").randomId(42).build()))
        .hasMessage("RANDOM_ID_DUPLICATE");
    assertThatThrownBy(() -> ann.sendToSelf("never", 0)).hasMessage("RANDOM_ID_EMPTY");
  }

  @Test
  void a_random_id_is_taken_while_its_call_runs() throws InterruptedException {
    test.faults.set(
        new Fault.DelayAnswers(Duration.ofSeconds(1)), Aim.method("messages.sendMessage"), 1);
    Messages.SendMessage note = message(new InputPeerSelf(), "slow").randomId(42).build();

    TestServer.Call running = ann.begin(note);

    assertThatThrownBy(() -> ann.another().call(note)).hasMessage("RANDOM_ID_DUPLICATE");
    assertThat(running.await()).isEqualTo(ann.call(note).toByteArray());
  }

  @Test
  void texts_are_bounded() {
    assertThatThrownBy(() -> ann.sendToSelf(" \n ", 1)).hasMessage("MESSAGE_EMPTY");
    assertThatThrownBy(() -> ann.sendToSelf("я".repeat(4097), 1)).hasMessage("MESSAGE_TOO_LONG");
    ann.sendToSelf("я".repeat(4096), 1);
  }

  @Test
  void the_parts_of_a_text_come_back_as_they_were_sent() {
    var entities =
        List.of(new MessageEntityBold(0, 4), new MessageEntityTextUrl(5, 4, "https://example.org"));
    ann.call(message(new InputPeerSelf(), "bold link").entities(List.copyOf(entities)).build());

    var page = (dev.jobradar.tl.api.messages.Messages) ann.call(history(new InputPeerSelf(), 0, 1));
    Message message = (Message) page.messages().getFirst();
    assertThat(message.entities()).isEqualTo(entities);
    assertThatThrownBy(() ->
            ann.call(
                message(new InputPeerSelf(), "short")
                    .entities(List.of(new MessageEntityBold(2, 4)))
                    .build()))
        .hasMessage("ENTITY_BOUNDS_INVALID");
  }

  @Test
  void a_message_is_answered_in_short_and_reaches_the_other_side() {
    bob.pushed.clear();
    TypeUpdates sent = ann.call(message(asSeenByAnn(bob), "hello").build());

    assertThat(sent)
        .isInstanceOfSatisfying(
            UpdateShortSentMessage.class,
            answer -> {
              assertThat(answer.id()).isEqualTo(1);
              assertThat(answer.pts()).isEqualTo(2);
            });
    Updates told = (Updates) bob.pushed.getFirst();
    Message message = (Message) ((UpdateNewMessage) told.updates().getFirst()).message();
    assertThat(message.peerId()).isEqualTo(new PeerUser(ann.me().value()));
    assertThat(message.out()).isFalse();
  }

  @Test
  void nobody_writes_in_a_channel_that_is_not_theirs() {
    assertThatThrownBy(() -> ann.call(message(ann.peer(jobs), "spam").build()))
        .hasMessage("CHAT_WRITE_FORBIDDEN");
  }

  @Test
  void the_maker_of_a_channel_writes_in_it() {
    Updates made =
        (Updates)
            ann.call(
                Channels.CreateChannel.builder().broadcast(true).title("Mine").about("").build());
    Channel channel = (Channel) made.chats().getFirst();
    ChannelId id = new ChannelId(channel.id());
    Messages.SendMessage post = message(ann.peer(id), "lead").build();

    Updates sent = (Updates) ann.call(post);

    assertThat(sent.updates().getFirst()).isEqualTo(new UpdateMessageID(1, post.randomId()));
    assertThat(((UpdateNewChannelMessage) sent.updates().get(1)).pts()).isEqualTo(2);
    assertThat(ann.call(post)).isEqualTo(sent);
    assertThatThrownBy(() -> bob.call(history(bob.peer(id), 0, 1))).hasMessage("CHANNEL_PRIVATE");
  }

  // Dialogs

  @Test
  void dialogs_come_page_by_page_with_what_they_need() {
    ChannelId other = test.channel("golangjobs", 3);
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    ann.call(new Channels.JoinChannel(ann.input(other)));
    test.now += 10;
    ann.sendToSelf("note", 1);
    Messages.GetDialogs.Builder call =
        Messages.GetDialogs.builder().offsetPeer(new InputPeerEmpty()).limit(2);

    DialogsSlice first = (DialogsSlice) ann.call(call.build());
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.dialogs()).hasSize(2);
    assertThat(first.messages()).hasSize(2);

    DialogsSlice second =
        (DialogsSlice)
            ann.call(
                call.offsetPeer(ann.peer(jobs)).offsetDate(TestServer.START).offsetId(250).build());
    assertThat(second.dialogs()).hasSize(1);
    Dialogs whole =
        (Dialogs) ann.call(call.limit(100).offsetPeer(new InputPeerEmpty()).offsetDate(0).build());
    assertThat(whole.dialogs()).hasSize(3);
  }

  @Test
  void a_dialog_counts_what_is_unread_and_reading_is_told_to_the_other_sessions() {
    ann.call(new Channels.JoinChannel(ann.input(jobs)));
    test.world.post(jobs, "news", List.of());
    Client other = ann.another();
    other.call(new dev.jobradar.tl.api.method.Updates.GetState());
    Messages.GetPeerDialogs ask =
        new Messages.GetPeerDialogs(List.of(new InputDialogPeer(ann.peer(jobs))));
    assertThat(unread(ask)).isEqualTo(1);

    ann.call(new Channels.ReadHistory(ann.input(jobs), 251));

    assertThat(unread(ask)).isZero();
    assertThat(((Updates) other.pushed.getLast()).updates().getFirst())
        .isInstanceOf(dev.jobradar.tl.api.UpdateReadChannelInbox.class);
  }

  private int unread(Messages.GetPeerDialogs ask) {
    return ((dev.jobradar.tl.api.Dialog) ann.call(ask).dialogs().getFirst()).unreadCount();
  }
}
