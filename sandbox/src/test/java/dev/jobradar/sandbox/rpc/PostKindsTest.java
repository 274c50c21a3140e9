package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jobradar.sandbox.event.Command;
import dev.jobradar.sandbox.event.CommandJson;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageMediaPoll;
import dev.jobradar.tl.api.MessageMediaUnsupported;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.PageBlockParagraph;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.RichMessage;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateChannel;
import dev.jobradar.tl.api.UpdateChannelMessageViews;
import dev.jobradar.tl.api.UpdateChannelWebPage;
import dev.jobradar.tl.api.UpdateEditChannelMessage;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPagePending;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.updates.ChannelDifference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts of every kind, as commands write them and as clients of every layer are served them. */
class PostKindsTest {
  private static final int BEFORE = 5;

  /** Everything a post can be, as the fields of the command, and what of it a client reads. */
  private static final List<String[]> KINDS =
      List.of(
          kind("'photo':true,'text':'Caption'", "messageMediaPhoto", "Caption"),
          kind("'video':true,'text':'Caption'", "messageMediaDocument", "video/mp4"),
          kind("'document':'Java_developer.pdf'", "messageMediaDocument", "Java_developer.pdf"),
          kind("'audio':{'title':'Hymn','performer':'Duke'}", "messageMediaDocument", "Duke"),
          kind(
              "'poll':{'question':'Who wants Java?','answers':['Me','Not me']}",
              "messageMediaPoll",
              "Not me"),
          kind(
              "'poll':{'question':'2+2','answers':['4','5'],'solution':'Four'}",
              "messageMediaPoll",
              "Four"),
          kind("'todo':{'title':'Java','items':['3 years']}", "messageMediaToDo", "3 years"),
          kind(
              "'invoice':{'title':'Course','description':'Java from zero'}",
              "messageMediaInvoice",
              "Java from zero"),
          kind(
              "'webpage':{'url':'https://example.ru/1','title':'Java dev','description':'Remote'}",
              "messageMediaWebPage",
              "Remote"),
          kind("'webpage':{'url':'https://example.ru/2','pending':true}", "webPagePending", "ru/2"),
          kind(
              "'text':'See the button','buttons':[{'text':'Apply','url':'https://example.ru/3'}]",
              "keyboardButtonUrl",
              "https://example.ru/3"),
          kind(
              "'text':'Rows','buttons':[[{'text':'A'},{'text':'B','copy':'bb'}],"
                  + "[{'text':'C','web_app':'https://example.ru/4'}]]",
              "keyboardButtonCopy",
              "bb"),
          kind(
              "'text':'We look. Answer here','links':{'Answer':'https://example.ru/5'}",
              "messageEntityTextUrl",
              "https://example.ru/5"),
          kind(
              "'text':'Secret','entities':[{'_':'messageEntitySpoiler','offset':0,'length':6}]",
              "messageEntitySpoiler",
              "Secret"),
          kind("'text':'Part','photo':true,'album':900", "messageMediaPhoto", "Part"),
          kind("'text':'Again','forward':{'channel':'other','id':2}", "messageFwdHeader", "Again"),
          kind("'text':'Again','forward':{'name':'Hidden'}", "messageFwdHeader", "Hidden"),
          kind("'text':'Yes','reply':{'id':2,'quote':'post'}", "messageReplyHeader", "post"),
          kind("'text':'Copy me not','noforwards':true", "message", "Copy me not"),
          kind("'text':'Signed','signature':'Anna'", "message", "Anna"),
          kind("'text':'Liked','reactions':{'👍':3,'🔥':1}", "reactionCount", "🔥"),
          kind(
              "'rich':[{'heading1':'Java developer'},'Remote',{'list':['Spring','SQL']},"
                  + "{'paragraph':['see ',"
                  + "{'_':'textUrl','text':'here','url':'https://example.ru/6'}]}]",
              "pageBlockList",
              "https://example.ru/6"),
          kind(
              "'rich':[{'_':'pageBlockTable','title':'Pay','rows':[['Java','300']]},"
                  + "{'_':'pageBlockDetails','title':'More','blocks':['Deep']}]",
              "pageBlockDetails",
              "Deep"),
          kind(
              "'media':{'_':'messageMediaVenue','title':'Office','address':'Main street'}",
              "messageMediaVenue",
              "Main street"),
          kind("'text':'x','message':{'via_bot_id':777000,'post_author':'Bot'}", "message", "Bot"));

  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("jobs", BEFORE);
  private final ChannelId other = test.channel("other", BEFORE);

  private static String[] kind(String fields, String constructor, String words) {
    return new String[] {fields, constructor, words};
  }

  static Stream<String[]> kinds() {
    return KINDS.stream();
  }

  private static PostContent content(String fields) {
    String line = "{'do':'post','channel':'jobs'," + fields + "}";
    return ((Command.Post) CommandJson.parse(line.replace('\'', '"'))).content();
  }

  private static PostContent change(String fields) {
    String line = "{'do':'edit','channel':'jobs','id':1," + fields + "}";
    return ((Command.Edit) CommandJson.parse(line.replace('\'', '"'))).change();
  }

  private Client member(String phone) {
    Client client = test.signedIn(phone);
    client.call(new Channels.JoinChannel(client.input(jobs)));
    return client;
  }

  private ChannelDifference difference(Client client, ChannelId channel, int pts) {
    return (ChannelDifference)
        client.call(
            new dev.jobradar.tl.api.method.Updates.GetChannelDifference(
                true, client.input(channel), new ChannelMessagesFilterEmpty(), pts, 100));
  }

  private ChannelMessages history(Client client, ChannelId channel) {
    return (ChannelMessages)
        client.call(new Messages.GetHistory(client.peer(channel), 0, 0, 0, 100, 0, 0, 0));
  }

  private static List<TypeUpdate> updates(Client client) {
    return client.pushed.stream().flatMap(all -> ((Updates) all).updates().stream()).toList();
  }

  private TypeUpdate lastUpdate(Client client) {
    return updates(client).getLast();
  }

  private int pts() {
    return test.world.channel(jobs).orElseThrow().pts();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("kinds")
  void each_kind_is_pushed_and_is_the_same_in_difference_history_and_by_id(
      String fields, String constructor, String words) {
    Client client = member("9996621233");
    int before = pts();

    Post post = test.world.post(jobs, content(fields));

    TypeMessage pushed = ((UpdateNewChannelMessage) lastUpdate(client)).message();
    assertThat(pushed.toString()).containsIgnoringCase(constructor);
    assertThat(new String(pushed.toByteArray(), StandardCharsets.UTF_8)).contains(words);
    assertThat(difference(client, jobs, before).newMessages()).containsExactly(pushed);
    assertThat(history(client, jobs).messages().getFirst()).isEqualTo(pushed);
    ChannelMessages byId =
        (ChannelMessages)
            client.call(
                new Channels.GetMessages(
                    client.input(jobs), List.of(new InputMessageID(post.id()))));
    assertThat(byId.messages()).containsExactly(pushed);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {135, 138, 143, 144, 148, 158, 166, 174, 181, 189, 198, 204, 216, 221, 223, 227, 300})
  void every_layer_is_served_every_kind(int layer) {
    Client client = member("9996621233");
    int before = pts();
    assertThat(client.speak(layer).error).isNull();

    List<Integer> ids = new ArrayList<>();
    for (String[] kind : KINDS) {
      int pushes = client.pushedBytes.size();
      ids.add(test.world.post(jobs, content(kind[0])).id());
      assertThat(client.pushedBytes).as(kind[0]).hasSize(pushes + 1);
    }
    test.world.edit(jobs, ids.getFirst(), change("'reactions':{'👍':1}"));
    assertThat(client.pushedBytes).hasSize(KINDS.size() + 1);

    for (TlMethod<?> method :
        List.of(
            new Messages.GetHistory(client.peer(jobs), 0, 0, 0, 100, 0, 0, 0),
            new Channels.GetMessages(
                client.input(jobs),
                ids.stream()
                    .<dev.jobradar.tl.api.TypeInputMessage>map(InputMessageID::new)
                    .toList()),
            new dev.jobradar.tl.api.method.Updates.GetChannelDifference(
                true, client.input(jobs), new ChannelMessagesFilterEmpty(), before, 100),
            new Channels.GetFullChannel(client.input(jobs)))) {
      assertThat(client.send(method.toByteArray()).error).isNull();
    }
  }

  /**
   * Until layer 178 a poll's texts are strings; layer 227 has no rich message, 166 no checklist.
   */
  @ParameterizedTest
  @CsvSource({"5, 166, true", "7, 166, false", "22, 221, false"})
  void an_older_layer_gets_what_it_can_show(int kind, int layer, boolean shown) {
    Client client = member("9996621233");
    assertThat(client.speak(layer).error).isNull();

    test.world.post(jobs, content(KINDS.get(kind - 1)[0]));

    String bytes = new String(client.pushedBytes.getLast(), StandardCharsets.ISO_8859_1);
    String unsupported =
        new String(new MessageMediaUnsupported().toByteArray(), StandardCharsets.ISO_8859_1);
    assertThat(bytes.contains(KINDS.get(kind - 1)[2])).isEqualTo(shown);
    assertThat(bytes.contains(unsupported)).isEqualTo(!shown);
  }

  /** Whether an edit is one that is shown, and whether its date moves, as Telegram does it. */
  @ParameterizedTest(name = "{0}, edited before: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'text':'other'             | false | false | true",
        "'text':'other'             | true  | false | true",
        "'reactions':{'👍':1}        | false | true  | true",
        "'reactions':{'👍':1}        | true  | false | false",
        "'views':900                | false | true  | true",
        "'views':900                | true  | false | false",
        "'buttons':[{'text':'A'}]   | false | true  | true",
        "'buttons':[{'text':'A'}]   | true  | false | false",
        "'photo':true               | false | false | true",
        "'remove':['reply_markup']  | false | true  | true",
      })
  void an_edit_is_pushed_as_telegram_does(
      String fields, boolean editedBefore, boolean hidden, boolean dated) {
    Client client = member("9996621233");
    test.now = TestServer.START + 10;
    if (editedBefore) {
      test.world.edit(jobs, 2, "once", List.of());
    }
    int before = pts();
    test.now = TestServer.START + 20;

    test.world.edit(jobs, 2, change(fields));

    UpdateEditChannelMessage update = (UpdateEditChannelMessage) lastUpdate(client);
    assertThat(update.pts()).isEqualTo(before + 1);
    assertThat(update.ptsCount()).isEqualTo(1);
    Message message = (Message) update.message();
    assertThat(message.editHide()).isEqualTo(hidden);
    assertThat(message.editDate()).isEqualTo(TestServer.START + (dated ? 20 : 10));
    assertThat(difference(client, jobs, before).otherUpdates()).containsExactly(update);
    assertThat(history(client, jobs).messages()).contains(message);
  }

  @Test
  void an_edit_changes_what_it_says_and_nothing_else() {
    int id =
        test.world
            .post(jobs, content("'text':'Java','photo':true,'buttons':[{'text':'A'}],'album':7"))
            .id();

    test.world.edit(jobs, id, change("'text':'Kotlin'"));
    test.world.edit(jobs, id, change("'buttons':[{'text':'B'}]"));

    Post post = test.world.posts(jobs, List.of(id)).getFirst();
    assertThat(post.text()).isEqualTo("Kotlin");
    assertThat(the(post.extras()).shape().toString())
        .contains("MessageMediaPhoto", "groupedId=7", "=B");
    test.world.edit(jobs, id, change("'remove':['media','reply_markup']"));
    assertThat(the(test.world.posts(jobs, List.of(id)).getFirst().extras()).shape().media())
        .isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> test.world.edit(jobs, id, change("'remove':['nose']")));
  }

  @Test
  void views_are_pushed_without_a_position() {
    Client client = member("9996621233");
    int before = pts();

    test.world.seen(jobs, 2, 4_000);

    assertThat(lastUpdate(client)).isEqualTo(new UpdateChannelMessageViews(jobs.value(), 2, 4_000));
    assertThat(pts()).isEqualTo(before);
    assertThat(history(client, jobs).messages())
        .filteredOn(message -> message.id() == 2)
        .allSatisfy(message -> assertThat(((Message) message).views()).isEqualTo(4_000));
  }

  @Test
  void a_link_preview_that_comes_later_is_pushed_with_the_same_id_and_a_position() {
    Client client = member("9996621233");
    int id = test.world.post(jobs, PostContent.of("x").pendingWebPage("https://a.ru/1")).id();
    Message first = (Message) ((UpdateNewChannelMessage) lastUpdate(client)).message();
    long page =
        ((MessageMediaWebPage) the(first.media())).webpage() instanceof WebPagePending p
            ? p.id()
            : 0;
    int before = pts();

    test.world.webPageCame(jobs, id, PostContent.page("https://a.ru/1").title("Java").build());

    UpdateChannelWebPage update = (UpdateChannelWebPage) lastUpdate(client);
    assertThat(update.pts()).isEqualTo(before + 1);
    assertThat(update.ptsCount()).isEqualTo(1);
    assertThat(((WebPage) update.webpage()).id()).isEqualTo(page).isNotZero();
    assertThat(((WebPage) update.webpage()).title()).isEqualTo("Java");
    ChannelDifference missed = difference(client, jobs, before);
    assertThat(missed.pts()).isEqualTo(before + 1);
    assertThat(missed.otherUpdates()).isEmpty();
    assertThat(missed.newMessages()).isEmpty();
    Message after = (Message) history(client, jobs).messages().getFirst();
    assertThat(((MessageMediaWebPage) the(after.media())).webpage()).isEqualTo(update.webpage());
    assertThat(client.call(new Messages.GetWebPage("https://a.ru/1", 0)).webpage())
        .isEqualTo(update.webpage());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> test.world.webPageCame(jobs, id, PostContent.page("https://a.ru/1").build()));
  }

  @Test
  void the_parts_of_an_album_come_together_or_apart() {
    Client client = member("9996621233");
    client.pushed.clear();
    List<PostContent> parts =
        List.of(PostContent.of("Java").photo().album(9), PostContent.NOTHING.photo().album(9));

    List<Post> posts = test.world.postTogether(jobs, parts);
    Post late = test.world.post(jobs, PostContent.NOTHING.photo().album(9));

    assertThat(client.pushed).hasSize(2);
    assertThat(updates(client))
        .map(update -> ((UpdateNewChannelMessage) update))
        .extracting(update -> update.message().id())
        .containsExactly(posts.get(0).id(), posts.get(1).id(), late.id());
    assertThat(updates(client))
        .map(update -> ((Message) ((UpdateNewChannelMessage) update).message()).groupedId())
        .containsOnly(9L);
    assertThat(updates(client))
        .map(update -> ((UpdateNewChannelMessage) update).pts())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void a_forward_brings_the_channel_it_is_from_with_each_readers_own_access_hash() {
    Client one = member("9996621233");
    Client two = member("9996621232");

    test.world.post(jobs, PostContent.of("again").forwardOf("other", 2));

    for (Client client : List.of(one, two)) {
      Updates push = (Updates) client.pushed.getLast();
      assertThat(push.chats())
          .filteredOn(chat -> ((Channel) chat).id() == other.value())
          .singleElement()
          .satisfies(chat ->
              assertThat(((Channel) chat).accessHash())
                  .isEqualTo(test.world.accessHash(client.me(), other)));
      assertThat(chats(difference(client, jobs, BEFORE).chats())).contains(other.value());
      assertThat(chats(history(client, jobs).chats())).contains(other.value());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> test.world.post(jobs, PostContent.of("x").forwardOf("nowhere", 1)));
  }

  private static <T> T the(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static List<Long> chats(List<TypeChat> chats) {
    return chats.stream().map(chat -> ((Channel) chat).id()).toList();
  }

  @Test
  void a_post_by_an_account_is_outgoing_for_its_clients_alone() {
    Client author = member("9996621233");
    Client reader = member("9996621232");
    UserId me = author.me();

    test.world.post(jobs, PostContent.of("mine").by(me));

    assertThat(((Message) ((UpdateNewChannelMessage) lastUpdate(author)).message()).out()).isTrue();
    assertThat(((Message) ((UpdateNewChannelMessage) lastUpdate(reader)).message()).out())
        .isFalse();
    assertThat(((Message) history(author, jobs).messages().getFirst()).out()).isTrue();
    assertThat(((Message) history(reader, jobs).messages().getFirst()).out()).isFalse();
  }

  @Test
  void a_protected_or_renamed_channel_says_so() {
    Client client = member("9996621233");

    test.world.set(jobs, ChannelSettings.NONE.withNoForwards(true).titled("Work"));

    assertThat(lastUpdate(client)).isEqualTo(new UpdateChannel(jobs.value()));
    Channel channel = (Channel) ((Updates) client.pushed.getLast()).chats().getFirst();
    assertThat(channel.noforwards()).isTrue();
    assertThat(channel.title()).isEqualTo("Work");
    test.world.post(jobs, "text", List.of());
    assertThat(((Message) ((UpdateNewChannelMessage) lastUpdate(client)).message()).noforwards())
        .isFalse();
  }

  @Test
  void posts_are_copied_into_the_discussion_group_where_comments_stand_under_them() {
    ChannelId chat = test.channel("chat", 0);
    test.world.set(chat, ChannelSettings.NONE.asGroup().linkedTo(jobs));
    Client client = member("9996621233");
    client.call(new Channels.JoinChannel(client.input(chat)));

    int id = test.world.post(jobs, "Java wanted", List.of()).id();
    Message copy = (Message) ((UpdateNewChannelMessage) lastUpdate(client)).message();
    test.world.post(chat, PostContent.of("Where?").by(client.me()).commentTo(id));

    assertThat(copy.post()).isFalse();
    assertThat(copy.fromId()).isEqualTo(new PeerChannel(jobs.value()));
    assertThat(the(copy.fwdFrom()).savedFromPeer()).isEqualTo(new PeerChannel(jobs.value()));
    assertThat(the(copy.fwdFrom()).savedFromMsgId()).isEqualTo(id);
    Message comment = (Message) ((UpdateNewChannelMessage) lastUpdate(client)).message();
    assertThat(((MessageReplyHeader) the(comment.replyTo())).replyToMsgId()).isEqualTo(copy.id());
    Message post = (Message) history(client, jobs).messages().getFirst();
    assertThat(the(post.replies()).channelId()).isEqualTo(chat.value());
    assertThat(the(post.replies()).replies()).isEqualTo(1);
    assertThat(client.call(new Messages.GetDiscussionMessage(client.peer(jobs), id)).messages())
        .extracting(TypeMessage::id)
        .containsExactly(copy.id());
    assertThat(
            ((ChannelMessages)
                    client.call(
                        new Messages.GetReplies(client.peer(jobs), id, 0, 0, 0, 10, 0, 0, 0)))
                .messages())
        .extracting(TypeMessage::id)
        .containsExactly(comment.id());
    ChatFull full = client.call(new Channels.GetFullChannel(client.input(jobs)));
    assertThat(((ChannelFull) full.fullChat()).linkedChatId()).isEqualTo(chat.value());
    assertThat(chats(full.chats())).contains(chat.value());

    test.world.edit(jobs, id, "Kotlin wanted", List.of());
    assertThat(test.world.posts(chat, List.of(copy.id())).getFirst().text())
        .isEqualTo("Kotlin wanted");
  }

  @Test
  void members_of_a_group_write_in_it_and_members_of_a_channel_do_not() {
    ChannelId chat = test.channel("chat", 0);
    test.world.set(chat, ChannelSettings.NONE.asGroup());
    Client client = member("9996621233");
    client.call(new Channels.JoinChannel(client.input(chat)));
    Messages.SendMessage toGroup =
        Messages.SendMessage.builder().peer(client.peer(chat)).message("hi").randomId(1).build();

    client.call(toGroup);

    assertThat(((Message) history(client, chat).messages().getFirst()).out()).isTrue();
    assertThatExceptionOfType(RpcErrorException.class)
        .isThrownBy(
            () -> client.call(toGroup.toBuilder().peer(client.peer(jobs)).randomId(2).build()))
        .withMessageContaining("CHAT_WRITE_FORBIDDEN");
  }

  @Test
  void a_rich_message_of_which_the_beginning_comes_is_fetched_whole() {
    Client client = member("9996621233");

    int id = test.world.post(jobs, content("'rich':['One','Two','Java'],'part':1")).id();

    Message pushed = (Message) ((UpdateNewChannelMessage) lastUpdate(client)).message();
    assertThat(pushed.message()).isEmpty();
    assertThat(pushed.richMessage())
        .isEqualTo(
            new RichMessage(
                false,
                true,
                List.of(new PageBlockParagraph(new TextPlain("One"))),
                List.of(),
                List.of()));
    ChannelMessages whole =
        (ChannelMessages) client.call(new Messages.GetRichMessage(client.peer(jobs), id));
    RichMessage rich = the(((Message) whole.messages().getFirst()).richMessage());
    assertThat(rich.part()).isFalse();
    assertThat(rich.blocks()).hasSize(3).contains(new PageBlockParagraph(new TextPlain("Java")));
    assertThatExceptionOfType(RpcErrorException.class)
        .isThrownBy(() -> client.call(new Messages.GetRichMessage(client.peer(jobs), 1)))
        .withMessageContaining("MESSAGE_ID_INVALID");
  }

  @Test
  void a_service_message_takes_an_id_and_a_position_like_a_post() {
    Client client = member("9996621233");
    int before = pts();

    test.world.post(jobs, content("'service':{'_':'messageActionPinMessage'}"));

    assertThat(pts()).isEqualTo(before + 1);
    assertThat(difference(client, jobs, before).newMessages())
        .singleElement()
        .isInstanceOf(dev.jobradar.tl.api.MessageService.class);
  }

  @Test
  void the_answers_of_a_poll_have_options_of_their_own() {
    PostContent poll = PostContent.NOTHING.poll("Q", List.of("a", "b"));

    MessageMediaPoll media = (MessageMediaPoll) the(poll.shape().media());

    assertThat(media.results().results())
        .extracting(voters -> voters.option())
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(PostContent.NOTHING.reactions(Map.of("a", 1)).isEmpty()).isTrue();
  }
}
