package dev.jobradar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.sandbox.event.BadCommandException;
import dev.jobradar.sandbox.event.CommandJson;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.sandbox.net.ReservedPorts;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.state.StateException;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.InputChannel;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageMediaDice;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Users;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SandboxIT {
  private static final RsaPrivateKey RSA_KEY = RsaPrivateKey.generate(new SecureRandom());

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  private Sandbox.Builder builder() {
    return Sandbox.builder().rsaKey(RSA_KEY).strict(true).listener(events::add);
  }

  private static TestClient connect(Sandbox sandbox, int dc) {
    return new TestClient(sandbox.dataCentres().get(dc - 1), sandbox.publicKey(), null);
  }

  private static User me(TestClient client) throws InterruptedException {
    return (User) client.call(new Users.GetUsers(List.of(new InputUserSelf()))).getFirst();
  }

  private static Messages.SendMessage note(String text, long randomId) {
    return Messages.SendMessage.builder()
        .peer(new InputPeerSelf())
        .message(text)
        .randomId(randomId)
        .build();
  }

  @Test
  void a_client_signs_in_reads_hears_and_writes() throws InterruptedException {
    try (Sandbox sandbox = builder().start();
        TestClient client = connect(sandbox, 2)) {
      User user = client.signIn("9996620001", "22222");
      InputPeerChannel jobs = client.resolve("javajobs");
      ChannelMessages page =
          (ChannelMessages) client.call(new Messages.GetHistory(jobs, 0, 0, 0, 100, 0, 0, 0));
      assertThat(page.count()).isEqualTo(500);
      assertThat(page.messages()).hasSize(100);
      client.call(new Channels.JoinChannel(new InputChannel(jobs.channelId(), jobs.accessHash())));

      int id = sandbox.post("JavaJobs", "Ищем Java-разработчика").id();

      Updates update = (Updates) client.update();
      var post = (UpdateNewChannelMessage) update.updates().getFirst();
      assertThat(((Message) post.message()).id()).isEqualTo(id).isEqualTo(501);
      assertThat(((Message) post.message()).message()).isEqualTo("Ищем Java-разработчика");
      assertThat(((Updates) client.call(note("saved", 1))).updates())
          .isEqualTo(((Updates) client.call(note("saved", 1))).updates());

      UserId me = new UserId(user.id());
      assertThat(sandbox.connections(me)).isEqualTo(new ConnectionCount(1, 1));
      assertThat(sandbox.connections(new KeyId(client.key().key().id())))
          .isEqualTo(new ConnectionCount(1, 1));
      Event.Stats stats = sandbox.stats();
      assertThat(stats.users()).isEqualTo(1);
      assertThat(stats.maxOpenPerKey()).isEqualTo(1);
      assertThat(stats.maxOpenPerAccount()).isEqualTo(1);
      assertThat(events)
          .anyMatch(event -> event instanceof Event.SignedIn)
          .anyMatch(event -> event instanceof Event.ConnectionOpened)
          .anyMatch(event ->
              event instanceof Event.Rpc rpc
                  && rpc.method().equals("messages.getHistory")
                  && rpc.userId() == user.id()
                  && rpc.open() == 1);
    }
    assertThat(events).anyMatch(event -> event instanceof Event.ConnectionClosed);
  }

  @Test
  void ready_accounts_need_no_code() throws Exception {
    try (Sandbox sandbox = builder().withoutChannels().start()) {
      List<String> sessions = sandbox.accounts(50);
      assertThat(sessions).hasSize(50).doesNotHaveDuplicates();
      assertThat(sessions).allMatch(session -> session.length() == 353);
      DataCentre first = sandbox.dataCentres().getFirst();
      long before = 0;
      for (String session : sessions.subList(0, 3)) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(session.substring(1)));
        assertThat(bytes.get()).isEqualTo((byte) 1);
        byte[] address = new byte[4];
        bytes.get(address);
        assertThat(InetAddress.getByAddress(address).getHostAddress()).isEqualTo(first.host());
        assertThat(bytes.getShort() & 0xffff).isEqualTo(first.port());
        byte[] secret = new byte[AuthKey.SIZE];
        bytes.get(secret);
        KnownKey key = new KnownKey(new AuthKey(secret), 0, null);
        try (TestClient client = new TestClient(first, sandbox.publicKey(), key)) {
          User me = me(client);
          assertThat(me.id()).isGreaterThan(before);
          before = me.id();
        }
      }
      assertThat(sandbox.stats().users()).isEqualTo(50);
      assertThat(sandbox.accounts(1)).hasSize(1);
      assertThat(sandbox.stats().users()).isEqualTo(51);
    }
  }

  @Test
  void a_sandbox_with_a_state_goes_on_where_it_ended(@TempDir Path temp) throws Exception {
    Path state = temp.resolve("state");
    try (ReservedPorts ports = ReservedPorts.inARow(3)) {
      goesOn(state, ports.first());
    }
  }

  private static void goesOn(Path state, int port) throws Exception {
    KnownKey key;
    long user;
    try (Sandbox first = Sandbox.builder().state(state).port(port).start();
        TestClient client = connect(first, 1)) {
      user = client.signIn("9996610001", "11111").id();
      client.call(note("kept", 42));
      first.post("javajobs", "kept too");
      key = client.key();
      assertThatThrownBy(() -> Sandbox.builder().state(state).start())
          .isInstanceOf(StateException.class)
          .hasMessageContaining("in use");
    }

    try (Sandbox second = Sandbox.builder().state(state).port(port).start();
        TestClient client =
            new TestClient(second.dataCentres().getFirst(), second.publicKey(), key)) {
      assertThat(me(client).id()).isEqualTo(user);
      assertThat(((Updates) client.call(note("kept", 42))).updates())
          .contains(new UpdateMessageID(1, 42));
      ChannelMessages page =
          (ChannelMessages)
              client.call(new Messages.GetHistory(client.resolve("javajobs"), 0, 0, 0, 1, 0, 0, 0));
      assertThat(((Message) page.messages().getFirst()).message()).isEqualTo("kept too");
      assertThat(page.count()).isEqualTo(501);
    }
  }

  @Test
  void the_feed_reaches_a_member() throws InterruptedException {
    try (Sandbox sandbox = builder().start();
        TestClient client = connect(sandbox, 1)) {
      client.signIn("9996610001", "11111");

      sandbox.postsPerMinute(6_000);

      Updates update = (Updates) client.update();
      assertThat(update.updates().getFirst()).isInstanceOf(UpdateNewChannelMessage.class);
      sandbox.postsPerMinute(0);
    }
  }

  @Test
  void what_cannot_be_posted_is_refused() {
    try (Sandbox sandbox = builder().start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sandbox.post("nowhere", "text"))
          .withMessageContaining("nowhere");
      assertThatIllegalArgumentException().isThrownBy(() -> sandbox.post("javajobs", " "));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sandbox.post("javajobs", "x".repeat(8_193)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sandbox.post("javajobs", PostContent.NOTHING.views(5)))
          .withMessageContaining("empty");
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              sandbox.post(
                  "javajobs",
                  PostContent.NOTHING.media(
                      MessageMediaDice.builder().value(6).emoticon("🎲").build())))
          .withMessageContaining("messageMediaDice");
    }
  }

  @Test
  void commands_make_channels_and_posts_of_every_kind() {
    try (Sandbox sandbox = builder().start()) {
      SandboxCommands commands = new SandboxCommands(sandbox);
      UserId me = sandbox.readyAccounts(1).getFirst().user();

      Event.Channel group =
          (Event.Channel)
              done(commands, "{'do':'make_channel','group':true,'linked_to':'javajobs'}");
      Event.Posted post =
          (Event.Posted)
              done(
                  commands,
                  "{'do':'post','channel':'javajobs','todo':{'title':'Java','items':['a']}}");
      done(commands, "{'do':'join','channel':'" + group.id() + "','user_id':" + me.value() + "}");
      Event.Posted comment =
          (Event.Posted)
              done(
                  commands,
                  "{'do':'post','channel':'%d','text':'Where?','comment_to':%d,'by':%d}"
                      .formatted(group.id(), post.id(), me.value()));
      done(commands, "{'do':'set_channel','channel':'javajobs','noforwards':true}");
      Event.Done gone =
          (Event.Done)
              done(
                  commands,
                  "{'do':'delete','channel':'javajobs','ids':[1,2,%d]}".formatted(post.id()));

      assertThat(comment.id()).isEqualTo(2);
      assertThat(gone.count()).isEqualTo(3);
      assertThat(sandbox.world().joined(me, sandbox.channel(Long.toString(group.id())))).isTrue();
      assertThat(sandbox.world().channel(sandbox.channel("javajobs")).orElseThrow().noForwards())
          .isTrue();
      assertThatExceptionOfType(BadCommandException.class)
          .isThrownBy(() -> done(commands, "{'do':'edit','channel':'javajobs','id':1,'text':'x'}"))
          .withMessageContaining("no post 1");
      assertThatExceptionOfType(BadCommandException.class)
          .isThrownBy(() -> done(commands, "{'do':'make_channel','channel':'javajobs'}"))
          .withMessageContaining("belongs to somebody else");
    }
  }

  @Test
  void data_centres_listen_on_ipv6_too_and_say_so() throws Exception {
    try (Sandbox sandbox = builder().ipv6(true).dataCentres(2).start()) {
      DataCentre first = sandbox.dataCentres().getFirst();
      assertThat(first.ipv6()).isEqualTo("0000:0000:0000:0000:0000:0000:0000:0001");
      DataCentre overIpv6 = new DataCentre(1, "::1", first.port());
      sandbox.stopListening(1, StandardProtocolFamily.INET);

      try (TestClient client = new TestClient(overIpv6, sandbox.publicKey(), null)) {
        List<DcOption> options = client.call(new Help.GetConfig()).dcOptions();
        assertThat(options)
            .extracting(option -> option.id() + (option.ipv6() ? " " : "/") + option.ipAddress())
            .containsExactly(
                "1/127.0.0.1", "1 " + first.ipv6(), "2/127.0.0.1", "2 " + first.ipv6());
      }
      assertThat(listens("127.0.0.1", first.port())).isFalse();
      sandbox.stopListening(1);
      assertThat(listens("::1", first.port())).isFalse();
      sandbox.startListening(1);
      assertThat(listens("127.0.0.1", first.port())).isTrue();
      assertThat(listens("::1", first.port())).isTrue();
    }
    try (Sandbox sandbox = builder().start()) {
      assertThat(sandbox.dataCentres().getFirst().ipv6()).isNull();
    }
  }

  private static boolean listens(String host, int port) throws IOException {
    try (Socket socket = new Socket(host, port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static Event done(SandboxCommands commands, String line) {
    return commands.done(CommandJson.parse(line.replace('\'', '"')));
  }
}
