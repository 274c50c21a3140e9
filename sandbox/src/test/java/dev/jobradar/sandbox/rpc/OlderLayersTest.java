package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.rpc.TestServer.Call;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.ChannelMessagesFilterEmpty;
import dev.jobradar.tl.api.InputDialogPeer;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputMessagesFilterEmpty;
import dev.jobradar.tl.api.InputNotifyUsers;
import dev.jobradar.tl.api.InputPeerEmpty;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Contacts;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.Langpack;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Updates;
import dev.jobradar.tl.api.method.Users;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of other layers: whatever they ask they are told, and in their own words. */
class OlderLayersTest {
  private final TestServer test = new TestServer();
  private final ChannelId jobs = test.channel("jobs", 5);

  @ParameterizedTest
  @ValueSource(
      ints = {
        135, 138, 143, 144, 148, 150, 158, 160, 166, 167, 174, 185, 198, 204, 221, 227, 228, 300
      })
  void everything_that_is_answered_is_answered_in_every_layer(int layer) {
    Client client = test.signedIn("9996621233");
    assertThat(client.speak(layer).error).isNull();

    for (TlMethod<?> method : calls(client)) {
      Call call = client.send(method.toByteArray());
      assertThat(call.error).as("%s", ApiSchema.nameOf(method.constructorId())).isNull();
    }
    test.world.post(jobs, "a live post", List.of(), TestServer.START);
    assertThat(client.pushedBytes).isNotEmpty();
    assertThat(client.send(new Channels.LeaveChannel(client.input(jobs)).toByteArray()).error)
        .isNull();
  }

  @Test
  void what_came_with_a_layer_is_answered_in_it() {
    Client client = test.signedIn("9996621233");

    assertThat(client.speak(167).error).isNull();
    assertThat(client.send(new Help.GetPeerColors(0).toByteArray()).error).isNull();
    assertThat(client.speak(177).error).isNull();
    assertThat(client.send(new Help.GetTimezonesList(0).toByteArray()).error).isNull();
  }

  private List<TlMethod<?>> calls(Client client) {
    return List.of(
        new Help.GetConfig(),
        new Help.GetNearestDc(),
        new Help.GetAppConfig(0),
        new Help.GetCountriesList("", 0),
        new Langpack.GetLanguages(""),
        new Langpack.GetStrings("", "en", List.of("a")),
        new Account.GetPassword(),
        new Account.GetAuthorizations(),
        new Account.UpdateStatus(false),
        new Account.GetNotifySettings(new InputNotifyUsers()),
        new Users.GetUsers(List.of(new InputUserSelf())),
        new Users.GetFullUser(new InputUserSelf()),
        Contacts.ResolveUsername.builder().username("jobs").build(),
        new Contacts.GetContacts(0),
        new Channels.JoinChannel(client.input(jobs)),
        new Channels.GetChannels(List.of(client.input(jobs))),
        new Channels.GetFullChannel(client.input(jobs)),
        new Channels.GetMessages(client.input(jobs), List.of(new InputMessageID(2))),
        new Channels.GetParticipant(client.input(jobs), new InputPeerSelf()),
        Messages.SendMessage.builder()
            .peer(new InputPeerSelf())
            .message("note")
            .randomId(77)
            .build(),
        Messages.GetDialogs.builder().offsetPeer(new InputPeerEmpty()).limit(20).build(),
        new Messages.GetPeerDialogs(List.of(new InputDialogPeer(client.peer(jobs)))),
        new Messages.GetPinnedDialogs(0),
        new Messages.GetDialogFilters(),
        new Messages.GetHistory(client.peer(jobs), 0, 0, 0, 10, 0, 0, 0),
        new Messages.GetHistory(new InputPeerSelf(), 0, 0, 0, 10, 0, 0, 0),
        new Messages.GetMessages(List.of(new InputMessageID(1))),
        Messages.Search.builder()
            .peer(client.peer(jobs))
            .q("")
            .filter(new InputMessagesFilterEmpty())
            .limit(5)
            .build(),
        new Messages.ReadHistory(new InputPeerSelf(), 1),
        new Updates.GetState(),
        Updates.GetDifference.builder().pts(1).date(1).qts(0).build(),
        Updates.GetChannelDifference.builder()
            .channel(client.input(jobs))
            .filter(new ChannelMessagesFilterEmpty())
            .pts(1)
            .limit(100)
            .build(),
        new Auth.ExportAuthorization(1));
  }

  /** What comes first in a config and in a user of each layer. */
  @ParameterizedTest
  @CsvSource({
    "144, 330b4067, 3ff6ecb0",
    "198, cc1a241e, 4b46c37e",
    "227, cc1a241e, 31774388",
    "228, cc1a241e, b1b8cc83",
    "300, cc1a241e, b1b8cc83"
  })
  void answers_are_in_the_layer_that_the_client_said_last(int layer, String config, String user) {
    Client client = test.signedIn("9996621233");

    assertThat(firstInt(client.speak(layer))).isEqualTo(parse(config));
    TlReader users =
        new TlReader(
            answered(client.send(new Users.GetUsers(List.of(new InputUserSelf())).toByteArray())));
    assertThat(users.readInt()).isEqualTo(0x1cb5c415);
    assertThat(users.readInt()).isEqualTo(1);
    assertThat(users.readInt()).isEqualTo(parse(user));
  }

  /**
   * As Telethon 1.25.1 signs in: {@code auth.sendCode#a677244f}, {@code auth.signIn#bcd51581
   * phone_number:string phone_code_hash:string phone_code:string} and {@code
   * messages.sendMessage#0d9d75a4 … reply_to_msg_id:flags.0?int …}.
   */
  @Test
  void a_client_of_layer_144_signs_in_and_writes_to_itself() {
    Client client = test.new Client(new KeyId(500), 2);
    assertThat(client.speak(144).error).isNull();
    String phone = "9996621234";
    TlReader sentCode =
        new TlReader(
            answered(
                client.send(
                    bytes(
                        w -> w.writeInt(0xa677244f),
                        w -> w.writeString(phone),
                        w -> w.writeInt(1),
                        w -> w.writeString("hash"),
                        w -> w.writeInt(0x8a6469c2),
                        w -> w.writeInt(0)))));
    // auth.sentCode flags:# type:auth.SentCodeType phone_code_hash:string …,
    // auth.sentCodeTypeSms length:int
    assertThat(sentCode.readInt()).isEqualTo(0x5e002502);
    sentCode.readInt();
    assertThat(sentCode.readInt()).isEqualTo(0xc000bba2);
    assertThat(sentCode.readInt()).isEqualTo(5);
    String hash = sentCode.readString();

    Call signIn =
        client.send(
            bytes(
                w -> w.writeInt(0xbcd51581),
                w -> w.writeString(phone),
                w -> w.writeString(hash),
                w -> w.writeString(test.code(phone))));
    // auth.authorization#33fb7bb8 flags:# … user:User
    TlReader authorization = new TlReader(answered(signIn));
    assertThat(authorization.readInt()).isEqualTo(0x33fb7bb8);
    authorization.readInt();
    assertThat(authorization.readInt()).isEqualTo(0x3ff6ecb0);

    byte[] reply =
        bytes(
            w -> w.writeInt(0x0d9d75a4),
            w -> w.writeInt(1),
            w -> w.writeInt(InputPeerSelf.ID),
            w -> w.writeInt(999),
            w -> w.writeString("answer"),
            w -> w.writeLong(5));
    byte[] note =
        bytes(
            w -> w.writeInt(0x0d9d75a4),
            w -> w.writeInt(0),
            w -> w.writeInt(InputPeerSelf.ID),
            w -> w.writeString("note"),
            w -> w.writeLong(6));

    assertThat(client.send(reply).error).hasMessage("REPLY_MESSAGE_ID_INVALID");
    assertThat(client.send(note).error).isNull();
  }

  @Test
  void a_layer_that_is_too_old_is_refused_before_anything_is_done() {
    Client client = test.new Client(new KeyId(501), 2);

    assertThat(client.speak(131).error).hasMessage("UPDATE_APP_TO_LOGIN");
    assertThat(Objects.requireNonNull(client.speak(131).error).code()).isEqualTo(406);
    assertThat(client.speak(144).error).isNull();
  }

  @Test
  void a_client_that_says_no_layer_is_told_so() {
    Client client = test.new Client(new KeyId(502), 2);
    byte[] query =
        InitConnection.<dev.jobradar.tl.api.Config>builder()
            .apiId(1)
            .deviceModel("")
            .systemVersion("")
            .appVersion("")
            .systemLangCode("")
            .langPack("")
            .langCode("")
            .query(new Help.GetConfig())
            .build()
            .toByteArray();

    assertThat(client.send(query).error).hasMessage("CONNECTION_LAYER_INVALID");
  }

  @Test
  void every_method_that_is_answered_is_listed_for_other_layers()
      throws IOException, ReflectiveOperationException {
    List<String> listed = names();
    for (Class<?> type : test.server.methods().types()) {
      String name = ApiSchema.nameOf(type.getField("ID").getInt(null));
      assertThat(listed).contains(name);
    }
  }

  private static List<String> names() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            OlderLayersTest.class.getResourceAsStream("/dev/jobradar/sandbox/layer/names.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static int firstInt(Call call) {
    return new TlReader(answered(call)).readInt();
  }

  private static byte[] answered(Call call) {
    assertThat(call.error).isNull();
    byte @Nullable [] result = call.result;
    return Objects.requireNonNull(result);
  }

  private static int parse(String id) {
    return Integer.parseUnsignedInt(id, 16);
  }

  @SafeVarargs
  private static byte[] bytes(Consumer<TlWriter>... steps) {
    TlWriter writer = new TlWriter();
    for (Consumer<TlWriter> step : steps) {
      step.accept(writer);
    }
    return writer.toByteArray();
  }
}
