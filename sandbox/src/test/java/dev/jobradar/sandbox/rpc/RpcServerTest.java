package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.rpc.TestServer.Call;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.MessageRange;
import dev.jobradar.tl.api.help.AppConfig;
import dev.jobradar.tl.api.help.AppConfigNotModified;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeAfterMsg;
import dev.jobradar.tl.api.method.InvokeAfterMsgs;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.api.method.InvokeWithMessagesRange;
import dev.jobradar.tl.api.method.InvokeWithTakeout;
import dev.jobradar.tl.api.method.InvokeWithoutUpdates;
import dev.jobradar.tl.api.method.Langpack;
import dev.jobradar.tl.api.method.Stickers;
import dev.jobradar.tl.api.method.Updates;
import dev.jobradar.tl.api.method.Users;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RpcServerTest {

  private final TestServer test = new TestServer();
  private final Client client = test.client(2);

  @Test
  void the_configuration_says_where_the_data_centres_are() {
    Config config = client.call(new Help.GetConfig());

    assertThat(config.thisDc()).isEqualTo(2);
    assertThat(config.dcOptions()).extracting(DcOption::id).containsExactly(1, 2, 3);
    assertThat(config.dcOptions()).extracting(DcOption::port).containsExactly(4430, 4431, 4432);
    assertThat(config.date()).isEqualTo(TestServer.START);
  }

  @Test
  void wrappers_are_taken_off_in_any_order() {
    TlMethod<Config> config = new Help.GetConfig();
    assertThat(client.call(new InvokeAfterMsg<>(8, config)).thisDc()).isEqualTo(2);
    assertThat(client.call(new InvokeAfterMsgs<>(List.of(8L, 12L), config)).thisDc()).isEqualTo(2);
    assertThat(
            client
                .call(
                    new InvokeWithoutUpdates<>(
                        new InvokeWithTakeout<>(
                            5,
                            new InvokeWithMessagesRange<>(
                                new MessageRange(1, 2), new InvokeWithLayer<>(228, config)))))
                .thisDc())
        .isEqualTo(2);
  }

  @Test
  void wrappers_without_end_are_refused() {
    TlWriter writer = new TlWriter();
    for (int i = 0; i < 100; i++) {
      writer.writeInt(InvokeWithoutUpdates.ID);
    }
    assertThat(client.send(writer.toByteArray()).error).hasMessage("INPUT_FETCH_ERROR");
  }

  @Test
  void a_client_first_says_what_it_is() {
    Client silent = test.new Client(new KeyId(99), 2);

    assertThatThrownBy(() -> silent.call(new Help.GetConfig())).hasMessage("CONNECTION_NOT_INITED");
    silent.initialise();
    silent.call(new Help.GetConfig());
    // The key remembers it for its other sessions.
    test.new Client(silent.key, 2).call(new Help.GetConfig());
  }

  @Test
  void a_layer_alone_introduces_nobody() {
    TlMethod<Config> inLayer = new InvokeWithLayer<>(227, new Help.GetConfig());
    Client silent = test.new Client(new KeyId(99), 2);

    assertThatThrownBy(() -> silent.call(inLayer)).hasMessage("CONNECTION_NOT_INITED");
    assertThatThrownBy(() -> silent.call(new Help.GetConfig())).hasMessage("CONNECTION_NOT_INITED");
    silent.initialise();
    assertThat(silent.call(inLayer).thisDc()).isEqualTo(2);
    Client another = test.new Client(silent.key, 2);
    assertThatThrownBy(() -> another.call(inLayer)).hasMessage("CONNECTION_NOT_INITED");
    assertThat(another.call(new Help.GetConfig()).thisDc()).isEqualTo(2);
  }

  @Test
  void an_unbound_temporary_key_can_only_be_bound() {
    Client temporary = test.new Client(new KeyId(99), 2);
    temporary.unbound = true;

    Call refused = temporary.speak(ApiSchema.LAYER);
    assertThat(refused.error).hasMessage("AUTH_KEY_PERM_EMPTY");
    assertThat(Objects.requireNonNull(refused.error).code()).isEqualTo(401);
    assertThat(temporary.call(new Auth.BindTempAuthKey(5, 1, 2, Bytes.of(new byte[8])))).isTrue();
    temporary.unbound = false;
    temporary.initialise();
  }

  @Test
  void a_call_after_one_that_failed_fails_too() {
    TlMethod<Config> config = new Help.GetConfig();
    assertThatThrownBy(() -> client.call(new Updates.GetState()))
        .hasMessage("AUTH_KEY_UNREGISTERED");
    // It was the second message, after the one that introduced the client.
    long failed = 5;

    assertThatThrownBy(() -> client.call(new InvokeAfterMsg<>(failed, config)))
        .hasMessage("MSG_WAIT_FAILED");
    assertThatThrownBy(() -> client.call(new InvokeAfterMsgs<>(List.of(4L, failed), config)))
        .hasMessage("MSG_WAIT_FAILED");
    assertThatThrownBy(() -> client.call(new InvokeAfterMsg<>(failed + 1, config)))
        .as("one that waited in vain has failed itself")
        .hasMessage("MSG_WAIT_FAILED");
    assertThat(client.call(new InvokeAfterMsg<>(4, config)).thisDc()).isEqualTo(2);
  }

  @Test
  void what_a_client_says_is_in_the_list_of_sessions() {
    client.signIn("9996621233");
    client.call(
        new InvokeWithLayer<>(
            227,
            InitConnection.<Config>builder()
                .apiId(17)
                .deviceModel("Phone")
                .systemVersion("2")
                .appVersion("3")
                .systemLangCode("ru")
                .langPack("")
                .langCode("ru")
                .query(new Help.GetConfig())
                .build()));

    assertThat(test.world.authorization(client.key).orElseThrow().device())
        .isEqualTo(new Device(227, 17, "Phone", "2", "3", "ru", "", "ru"));
  }

  @Test
  void nobody_who_has_not_signed_in_gets_anything() {
    assertThatThrownBy(() -> client.call(new Users.GetUsers(List.of(new InputUserSelf()))))
        .hasMessage("AUTH_KEY_UNREGISTERED");
  }

  @Test
  void what_is_no_method_and_what_is_not_served_are_told_apart() {
    TlWriter unknown = new TlWriter();
    unknown.writeInt(0x12345678);
    assertThat(client.send(unknown.toByteArray()).error).hasMessage("INPUT_METHOD_INVALID");
    assertThat(client.send(new byte[0]).error).hasMessage("INPUT_FETCH_ERROR");
    byte[] whole = new Help.GetAppConfig(0).toByteArray();
    assertThat(client.send(Arrays.copyOf(whole, 6)).error).hasMessage("INPUT_FETCH_ERROR");
    assertThat(client.send(Arrays.copyOf(whole, 12)).error).hasMessage("INPUT_FETCH_ERROR");
    assertThatThrownBy(() -> client.call(new Stickers.CheckShortName("name")))
        .hasMessage("METHOD_INVALID");
  }

  @Test
  void an_answer_that_the_client_has_already_is_not_sent_again() {
    AppConfig config = (AppConfig) client.call(new Help.GetAppConfig(0));

    assertThat(client.call(new Help.GetAppConfig(config.hash())))
        .isEqualTo(new AppConfigNotModified());
  }

  @Test
  void languages_are_known_without_their_strings() {
    assertThat(client.call(new Langpack.GetLanguages("tdesktop"))).hasSize(2);
    assertThat(client.call(new Langpack.GetStrings("tdesktop", "ru", List.of("a", "b"))))
        .hasSize(2);
    assertThat(client.call(new Langpack.GetLangPack("", "ru-RU")).langCode()).isEqualTo("ru");
    assertThatThrownBy(() -> client.call(new Langpack.GetLanguage("tdesktop", "xx")))
        .hasMessage("LANG_CODE_NOT_SUPPORTED");
  }

  @Test
  void every_query_is_an_event() {
    test.events.clear();
    client.call(new Help.GetNearestDc());
    assertThatThrownBy(() -> client.call(new Users.GetUsers(List.of()))).isNotNull();

    assertThat(test.events)
        .containsExactly(
            new Event.Rpc("help.getNearestDc", 1, 2, client.key.value(), 0, 1, 1, null),
            new Event.Rpc(
                "users.getUsers", 1, 2, client.key.value(), 0, 1, 1, "AUTH_KEY_UNREGISTERED"));
  }

  @Test
  void a_destroyed_key_is_forgotten() {
    client.signIn("9996621233");
    test.world.addKey(client.key, 2, new byte[256], 0);
    test.server.keyDestroyed(client.key);

    assertThat(client.signedIn).isNull();
    assertThat(test.world.key(client.key, 2)).isEmpty();
    assertThat(test.server.account(client.key)).isEmpty();
  }

  @Test
  void whatever_comes_in_is_answered() {
    client.signIn("9996621233");
    Random random = new Random(7);
    byte[] query =
        new InvokeWithLayer<>(228, new Users.GetUsers(List.of(new InputUserSelf()))).toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = Arrays.copyOf(query, random.nextInt(query.length + 8));
      for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      }
      TestServer.Call call = client.send(broken);
      if (call.error != null) {
        assertThat(call.error.code()).isLessThan(500);
      }
    }
  }
}
