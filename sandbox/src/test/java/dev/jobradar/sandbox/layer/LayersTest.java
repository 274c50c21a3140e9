package dev.jobradar.sandbox.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlException.Reason;
import dev.jobradar.tl.TlWriter;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChatPhotoEmpty;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.InputReplyToMessage;
import dev.jobradar.tl.api.JsonNumber;
import dev.jobradar.tl.api.JsonObject;
import dev.jobradar.tl.api.JsonObjectValue;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageMediaDice;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.UpdateUser;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.UserStatusEmpty;
import dev.jobradar.tl.api.Username;
import dev.jobradar.tl.api.help.AppConfig;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.api.method.Messages;
import dev.jobradar.tl.api.method.Users;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden bytes are put together here by the definitions of the old layers, which stand above them,
 * as npm's telegram and @mtcute/tl publish them and Telethon 1.25.1 (layer 144) writes and reads
 * them.
 */
class LayersTest {
  private static final int VECTOR = 0x1cb5c415;
  private static final int BOOL_TRUE = 0x997275b5;
  private static final Layers LAYERS = new Layers();

  @Test
  void a_query_of_our_layer_is_read_as_it_is() {
    Help.GetAppConfig query = new Help.GetAppConfig(7);

    assertThat(LAYERS.readRequest(query.toByteArray(), 0)).isEqualTo(query);
  }

  /**
   * {@code auth.signIn#bcd51581 phone_number:string phone_code_hash:string phone_code:string =
   * auth.Authorization} until layer 144.
   */
  @Test
  void a_sign_in_of_layer_144_is_read() {
    byte[] query =
        bytes(
            w -> w.writeInt(0xbcd51581),
            w -> w.writeString("+9996621234"),
            w -> w.writeString("hash"),
            w -> w.writeString("22222"));

    assertThat(LAYERS.readRequest(query, 0))
        .isEqualTo(
            Auth.SignIn.builder()
                .phoneNumber("+9996621234")
                .phoneCodeHash("hash")
                .phoneCode("22222")
                .build());
  }

  /** {@code help.getAppConfig#98914110 = JSONValue} until layer 152, here in its wrappers. */
  @Test
  void wrappers_keep_what_they_say_around_a_query_of_an_old_layer() {
    byte[] query =
        bytes(
            w -> w.writeInt(0xda9b0d0d),
            w -> w.writeInt(144),
            w -> w.writeInt(0xc1cd5ea9),
            w -> w.writeInt(0),
            w -> w.writeInt(17),
            w -> List.of("device", "system", "1.0", "en", "", "en").forEach(w::writeString),
            w -> w.writeInt(0x98914110));

    assertThat(LAYERS.readRequest(query, 0))
        .isEqualTo(
            new InvokeWithLayer<>(
                144,
                InitConnection.<dev.jobradar.tl.api.help.TypeAppConfig>builder()
                    .apiId(17)
                    .deviceModel("device")
                    .systemVersion("system")
                    .appVersion("1.0")
                    .systemLangCode("en")
                    .langPack("")
                    .langCode("en")
                    .query(new Help.GetAppConfig(0))
                    .build()));
  }

  @Test
  void a_query_of_an_old_layer_is_read_out_of_gzip_packed() {
    TlWriter packed = new TlWriter();
    GzipPacked.write(packed, bytes(w -> w.writeInt(0x98914110)));

    assertThat(LAYERS.readRequest(packed.toByteArray(), 0)).isEqualTo(new Help.GetAppConfig(0));
  }

  /**
   * {@code messages.sendMessage#0d9d75a4 flags:# … peer:InputPeer reply_to_msg_id:flags.0?int
   * message:string random_id:long …} until layer 146.
   */
  @Test
  void a_reply_in_a_field_of_the_call_becomes_an_object() {
    byte[] query =
        bytes(
            w -> w.writeInt(0x0d9d75a4),
            w -> w.writeInt(1 | 1 << 7),
            w -> w.writeInt(InputPeerSelf.ID),
            w -> w.writeInt(55),
            w -> w.writeString("text"),
            w -> w.writeLong(-9));

    assertThat(LAYERS.readRequest(query, 0))
        .isEqualTo(
            Messages.SendMessage.builder()
                .clearDraft(true)
                .peer(new InputPeerSelf())
                .replyTo(InputReplyToMessage.builder().replyToMsgId(55).build())
                .message("text")
                .randomId(-9)
                .build());
  }

  @Test
  void a_function_that_no_layer_has_is_refused_by_its_id() {
    assertThatExceptionOfType(TlException.class)
        .isThrownBy(() -> LAYERS.readRequest(bytes(w -> w.writeInt(0x12345678)), 0))
        .withMessageContaining("12345678")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_CONSTRUCTOR));
  }

  /**
   * {@code account.verifyEmail#ecba39db email:string code:string = Bool} until layer 144: ours
   * wants a purpose, which this call does not tell.
   */
  @Test
  void a_call_that_ours_cannot_express_is_refused() {
    byte[] query =
        bytes(w -> w.writeInt(0xecba39db), w -> w.writeString("a@b"), w -> w.writeString("1"));

    assertThatExceptionOfType(TlException.class)
        .isThrownBy(() -> LAYERS.readRequest(query, 0))
        .withMessageContaining("account.verifyEmail")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_CONSTRUCTOR));
  }

  @Test
  void bytes_behind_a_query_are_refused() {
    byte[] ours = bytes(w -> w.writeInt(Help.GetConfig.ID), w -> w.writeInt(0));
    byte[] old = bytes(w -> w.writeInt(0x98914110), w -> w.writeInt(0));

    assertThatExceptionOfType(TlException.class).isThrownBy(() -> LAYERS.readRequest(ours, 0));
    assertThatExceptionOfType(TlException.class).isThrownBy(() -> LAYERS.readRequest(old, 0));
  }

  /**
   * {@code user#3ff6ecb0 flags:# self:flags.10?true … id:long access_hash:flags.0?long
   * first_name:flags.1?string … username:flags.3?string phone:flags.4?string …
   * status:flags.6?UserStatus … = User} until layer 144.
   */
  @Test
  void a_user_is_written_as_layer_144_has_it() {
    User user =
        User.builder()
            .self(true)
            .id(5_000_000_000L)
            .accessHash(77L)
            .firstName("Anna")
            .username("anna")
            .phone("9996621234")
            .status(new UserStatusEmpty())
            .botForumView(true)
            .usernames(List.of(new Username(false, true, "anna2")))
            .build();

    byte[] written = LAYERS.forLayer(144).writeResult(new Users.GetUsers(List.of()), List.of(user));

    assertThat(written)
        .isEqualTo(
            bytes(
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(1),
                w -> w.writeInt(0x3ff6ecb0),
                w -> w.writeInt(1 << 10 | 1 | 1 << 1 | 1 << 3 | 1 << 4 | 1 << 6),
                w -> w.writeLong(5_000_000_000L),
                w -> w.writeLong(77),
                w -> w.writeString("Anna"),
                w -> w.writeString("anna"),
                w -> w.writeString("9996621234"),
                w -> w.writeInt(UserStatusEmpty.ID)));
  }

  /**
   * {@code message#85d6cbe2 flags:# out:flags.1?true … post:flags.14?true … id:int
   * from_id:flags.8?Peer peer_id:Peer … date:int message:string … views:flags.10?int
   * forwards:flags.10?int …} of layer 135, in {@code updateNewChannelMessage#62ba04d9
   * message:Message pts:int pts_count:int} and {@code updates#74ae4240 updates:Vector<Update>
   * users:Vector<User> chats:Vector<Chat> date:int seq:int}.
   */
  @Test
  void a_post_is_written_as_layer_135_has_it_and_an_update_it_lacks_is_left_out() {
    Message post =
        Message.builder()
            .post(true)
            .offline(true)
            .id(3)
            .peerId(new PeerChannel(12))
            .date(1_700_000_000)
            .message("Java")
            .views(9)
            .forwards(1)
            .effect(4L)
            .build();
    Updates updates =
        new Updates(
            List.of(new UpdateUser(1), new UpdateNewChannelMessage(post, 8, 1)),
            List.of(),
            List.of(),
            1_700_000_001,
            0);

    assertThat(LAYERS.forLayer(135).writeUpdates(updates))
        .hasValue(
            bytes(
                w -> w.writeInt(0x74ae4240),
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(1),
                w -> w.writeInt(0x62ba04d9),
                w -> w.writeInt(0x85d6cbe2),
                w -> w.writeInt(1 << 14 | 1 << 10),
                w -> w.writeInt(3),
                w -> w.writeInt(PeerChannel.ID),
                w -> w.writeLong(12),
                w -> w.writeInt(1_700_000_000),
                w -> w.writeString("Java"),
                w -> w.writeInt(9),
                w -> w.writeInt(1),
                w -> w.writeInt(8),
                w -> w.writeInt(1),
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(0),
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(0),
                w -> w.writeInt(1_700_000_001),
                w -> w.writeInt(0)));
  }

  @Test
  void an_update_that_the_layer_lacks_leaves_nothing_to_send() {
    UpdateShort update = new UpdateShort(new UpdateUser(1), 5);

    assertThat(LAYERS.forLayer(148).writeUpdates(update)).isEmpty();
    assertThat(LAYERS.forLayer(152).writeUpdates(update)).hasValue(update.toByteArray());
  }

  /**
   * {@code channel#1c32b11c flags:# … broadcast:flags.5?true … flags2:# … id:long
   * access_hash:flags.13?long title:string … photo:ChatPhoto date:int …} of layer 227, which mtcute
   * 0.30.3 speaks.
   */
  @Test
  void a_channel_is_written_as_layer_227_has_it() {
    Channel channel =
        Channel.builder()
            .broadcast(true)
            .id(12)
            .accessHash(13L)
            .title("Jobs")
            .photo(new ChatPhotoEmpty())
            .date(14)
            .linkedCommunityId(15L)
            .build();
    Messages.GetChats call = new Messages.GetChats(List.of(12L));

    byte[] written =
        LAYERS
            .forLayer(227)
            .writeResult(call, new dev.jobradar.tl.api.messages.Chats(List.of(channel)));

    assertThat(written)
        .isEqualTo(
            bytes(
                w -> w.writeInt(0x64ff9fd5),
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(1),
                w -> w.writeInt(0x1c32b11c),
                w -> w.writeInt(1 << 5 | 1 << 13),
                w -> w.writeInt(0),
                w -> w.writeLong(12),
                w -> w.writeLong(13),
                w -> w.writeString("Jobs"),
                w -> w.writeInt(ChatPhotoEmpty.ID),
                w -> w.writeInt(14)));
  }

  @ParameterizedTest
  @ValueSource(ints = {135, 144, 152})
  void an_app_config_is_sent_without_the_object_that_came_to_wrap_it(int layer) {
    JsonObject config = new JsonObject(List.of(new JsonObjectValue("x", new JsonNumber(1))));

    byte[] written =
        LAYERS.forLayer(layer).writeResult(new Help.GetAppConfig(0), new AppConfig(3, config));

    assertThat(written).isEqualTo(config.toByteArray());
  }

  @Test
  void a_bool_and_a_vector_of_numbers_are_results_too() {
    LayerCodec codec = LAYERS.forLayer(144);

    assertThat(codec.writeResult(new Account.UpdateStatus(true), true))
        .isEqualTo(bytes(w -> w.writeInt(BOOL_TRUE)));
    assertThat(
            LAYERS
                .forLayer(ApiSchema.LAYER)
                .writeResult(
                    new dev.jobradar.tl.api.method.Contacts.GetContactIDs(0), List.of(1, 2)))
        .isEqualTo(
            bytes(
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(2),
                w -> w.writeInt(1),
                w -> w.writeInt(2)));
  }

  @Test
  void a_constructor_that_is_not_listed_is_not_sent_to_an_older_layer() {
    Message dice =
        Message.builder()
            .peerId(new PeerChannel(1))
            .message("")
            .media(MessageMediaDice.builder().value(6).emoticon("🎲").build())
            .build();
    UpdateShort update = new UpdateShort(new UpdateNewChannelMessage(dice, 1, 1), 1);

    assertThatExceptionOfType(LayerException.class)
        .isThrownBy(() -> LAYERS.forLayer(144).writeUpdates(update))
        .withMessageContaining("messageMediaDice");
    assertThat(LAYERS.forLayer(ApiSchema.LAYER).writeUpdates(update))
        .hasValue(update.toByteArray());
  }

  @Test
  void the_result_of_a_wrapper_is_asked_of_what_it_wraps() {
    InvokeWithLayer<?> wrapper = new InvokeWithLayer<>(144, new Help.GetNearestDc());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LAYERS.forLayer(144).writeResult(wrapper, true));
  }

  @ParameterizedTest
  @CsvSource({
    "135, 135",
    "136, 135",
    "139, 138",
    "144, 144",
    "166, 166",
    "198, 198",
    "203, 198",
    "227, 227",
    "228, 228",
    "229, 228",
    "9999, 228"
  })
  void a_layer_that_is_not_stored_takes_the_next_older(int layer, int definitions) {
    assertThat(LAYERS.forLayer(layer).layer()).isEqualTo(definitions);
  }

  @ParameterizedTest
  @ValueSource(ints = {134, 131, 0, -1, Integer.MIN_VALUE})
  void a_layer_before_the_oldest_is_refused_with_an_rpc_error(int layer) {
    assertThatExceptionOfType(LayerTooOldException.class)
        .isThrownBy(() -> LAYERS.forLayer(layer))
        .withMessageContaining("135")
        .satisfies(e -> {
          assertThat(e.code()).isEqualTo(406);
          assertThat(e.error()).isEqualTo("UPDATE_APP_TO_LOGIN");
        });
    assertThat(LAYERS.oldest()).isEqualTo(135);
  }

  @Test
  void code_settings_of_an_old_layer_are_read_field_by_field() {
    // codeSettings#8a6469c2 flags:# allow_flashcall:flags.0?true current_number:flags.1?true
    // allow_app_hash:flags.4?true allow_missed_call:flags.5?true
    // logout_tokens:flags.6?Vector<bytes>
    // = CodeSettings; auth.sendCode#a677244f phone_number:string api_id:int api_hash:string
    // settings:CodeSettings = auth.SentCode; in layer 144
    byte[] query =
        bytes(
            w -> w.writeInt(0xa677244f),
            w -> w.writeString("+9996621234"),
            w -> w.writeInt(1),
            w -> w.writeString("hash"),
            w -> w.writeInt(0x8a6469c2),
            w -> w.writeInt(1 << 1));

    assertThat(LAYERS.readRequest(query, 0))
        .isEqualTo(
            new Auth.SendCode(
                "+9996621234", 1, "hash", CodeSettings.builder().currentNumber(true).build()));
  }

  @Test
  void a_page_of_history_keeps_its_posts_in_order() {
    List<Message> posts = List.of(post(3), post(2), post(1));
    TypeMessages page =
        dev.jobradar.tl.api.messages.ChannelMessages.builder()
            .pts(5)
            .count(3)
            .messages(List.copyOf(posts))
            .topics(List.of())
            .chats(List.of())
            .users(List.of())
            .build();
    Messages.GetHistory call = new Messages.GetHistory(new InputPeerSelf(), 0, 0, 0, 10, 0, 0, 0);

    byte[] written = LAYERS.forLayer(198).writeResult(call, page);
    // messages.channelMessages#c776ba4e flags:# inexact:flags.1?true pts:int count:int
    // offset_id_offset:flags.2?int messages:Vector<Message> topics:Vector<ForumTopic> …
    // message#96fdbbe9 flags:# … flags2:# … id:int … of layer 198
    assertThat(written)
        .startsWith(
            bytes(
                w -> w.writeInt(0xc776ba4e),
                w -> w.writeInt(0),
                w -> w.writeInt(5),
                w -> w.writeInt(3),
                w -> w.writeInt(VECTOR),
                w -> w.writeInt(3),
                w -> w.writeInt(0x96fdbbe9),
                w -> w.writeInt(0),
                w -> w.writeInt(0),
                w -> w.writeInt(3)));
  }

  private static Message post(int id) {
    return Message.builder().id(id).peerId(new PeerChannel(1)).message("m").build();
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
