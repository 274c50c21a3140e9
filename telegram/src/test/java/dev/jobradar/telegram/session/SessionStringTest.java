package dev.jobradar.telegram.session;

import static dev.jobradar.telegram.session.SessionSamples.BOT;
import static dev.jobradar.telegram.session.SessionSamples.KEY;
import static dev.jobradar.telegram.session.SessionSamples.KEY_BYTES;
import static dev.jobradar.telegram.session.SessionSamples.USER;
import static dev.jobradar.telegram.session.SessionSamples.session;
import static dev.jobradar.telegram.session.SessionSamples.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.telegram.session.SessionStringException.Reason;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStringTest {
  private static final InetSocketAddress IPV6 =
      new InetSocketAddress(InetAddress.ofLiteral("2001:67c:4e8:f004::a"), 443);

  static Stream<Arguments> samples() {
    SavedSession dc2 = session(2);
    return Stream.of(
        Arguments.of("telethon.ipv4", SessionFormat.TELETHON, dc2),
        Arguments.of("telethon.ipv6", SessionFormat.TELETHON, session(4)),
        Arguments.of("pyrogram.v1-64", SessionFormat.PYROGRAM_V1_64, session(5).withUser(USER)),
        Arguments.of(
            "pyrogram.v2",
            SessionFormat.PYROGRAM,
            session(1).withTest(true).withUser(BOT).withApiId(12345)),
        Arguments.of("gramjs.converted", SessionFormat.GRAMJS, session(3)),
        Arguments.of("gramjs.ipv4", SessionFormat.GRAMJS, dc2),
        Arguments.of("gramjs.dc5", SessionFormat.GRAMJS, session(5)),
        Arguments.of("gramjs.ipv6", SessionFormat.GRAMJS, session(4)),
        Arguments.of("mtcute.plain", SessionFormat.MTCUTE, dc2),
        Arguments.of("mtcute.user", SessionFormat.MTCUTE, dc2.withUser(USER)),
        Arguments.of("mtcute.media", SessionFormat.MTCUTE, dc2.withUser(USER)),
        Arguments.of("mtcute.test", SessionFormat.MTCUTE, session(3).withTest(true).withUser(BOT)),
        Arguments.of("mtcute.ipv6", SessionFormat.MTCUTE, dc2));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void other_clients_strings_are_recognised_and_read(
      String name, SessionFormat format, SavedSession expected) {
    assertThat(SessionString.parse(string(name))).isEqualTo(new SessionString(format, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telethon.ipv4",
        "pyrogram.v1-64",
        "pyrogram.v2",
        "gramjs.converted",
        "gramjs.ipv4",
        "gramjs.dc5",
        "mtcute.plain",
        "mtcute.user",
        "mtcute.test"
      })
  void what_we_write_is_what_the_other_client_wrote(String name) {
    SessionString read = SessionString.parse(string(name));

    assertThat(SessionString.write(read.session(), read.format())).isEqualTo(string(name));
  }

  @Test
  void an_ipv6_address_makes_the_longer_form() {
    assertThat(SessionString.write(session(4), SessionFormat.TELETHON, IPV6))
        .isEqualTo(string("telethon.ipv6"));
    assertThat(SessionString.write(session(4), SessionFormat.GRAMJS, IPV6))
        .isEqualTo(string("gramjs.ipv6"));
    InetSocketAddress dc2 =
        new InetSocketAddress(InetAddress.ofLiteral("2001:67c:4e8:f002::a"), 443);
    assertThat(SessionString.write(session(2), SessionFormat.MTCUTE, dc2))
        .isEqualTo(string("mtcute.ipv6"));
  }

  @ParameterizedTest
  @EnumSource
  void every_form_is_read_back(SessionFormat format) {
    SavedSession session = session(4).withUser(BOT).withApiId(7);

    SessionString read = SessionString.parse(SessionString.write(session, format));

    assertThat(read.format()).isEqualTo(format);
    assertThat(read.session().dc()).isEqualTo(session.dc());
    assertThat(read.session().authKey()).isEqualTo(KEY);
    boolean withUser = format != SessionFormat.TELETHON && format != SessionFormat.GRAMJS;
    assertThat(read.session().user()).isEqualTo(withUser ? BOT : null);
    assertThat(read.session().apiId()).isEqualTo(format == SessionFormat.PYROGRAM ? 7 : null);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void padding_and_white_space_around_it_do_not_matter(String name) {
    String unpadded = string(name).replace("=", "");
    String body = unpadded.startsWith("1") ? unpadded.substring(1) : unpadded;
    String padded = unpadded + "=".repeat(Math.floorMod(-body.length(), 4));

    SessionString expected = SessionString.parse(string(name));
    assertThat(SessionString.parse("\n \t" + unpadded + " \r\n")).isEqualTo(expected);
    assertThat(SessionString.parse(padded)).isEqualTo(expected);
  }

  @Test
  void both_alphabets_of_base64_are_read() {
    String url = string("telethon.ipv4");
    String standard = url.replace('-', '+').replace('_', '/');
    assertThat(standard).isNotEqualTo(url);

    assertThat(SessionString.parse(standard)).isEqualTo(SessionString.parse(url));
  }

  @ParameterizedTest
  @EnumSource
  void a_key_of_zeros_means_that_nobody_is_signed_in(SessionFormat format) {
    byte[] data = decoded(format);
    overwriteKey(data);

    SessionString read = SessionString.parse(encoded(format, data));

    assertThat(read.format()).isEqualTo(format);
    assertThat(read.session().authKey()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void nobody_is_not_written(SessionFormat format) {
    SavedSession nobody = new SavedSession(new DcId(2), false, null, USER, 1);

    assertThatThrownBy(() -> SessionString.write(nobody, format))
        .isInstanceOfSatisfying(
            SessionStringException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NOT_WRITABLE))
        .hasMessageContaining("no key");
  }

  @ParameterizedTest
  @EnumSource
  void a_data_centre_without_accounts_is_refused(SessionFormat format) {
    for (int dc : new int[] {0, 6, 203, 255}) {
      byte[] data = decoded(format);
      // In mtcute's form: version, flags, a length byte, the data centre's version, its number.
      data[format == SessionFormat.MTCUTE ? 7 : 0] = (byte) dc;
      assertRefused(encoded(format, data));
    }
  }

  @Test
  void a_flag_that_is_neither_0_nor_1_is_refused() {
    byte[] test = decoded(SessionFormat.PYROGRAM);
    test[5] = 2;
    assertRefused(encoded(SessionFormat.PYROGRAM, test));
    byte[] bot = decoded(SessionFormat.PYROGRAM_V1);
    bot[262] = 2;
    assertRefused(encoded(SessionFormat.PYROGRAM_V1, bot));
    byte[] flags = decoded(SessionFormat.MTCUTE);
    flags[1] |= 8;
    assertRefused(encoded(SessionFormat.MTCUTE, flags));
    byte[] high = decoded(SessionFormat.MTCUTE);
    high[4] = (byte) 0x80;
    assertRefused(encoded(SessionFormat.MTCUTE, high));
  }

  @Test
  void a_user_id_or_an_api_id_that_cannot_be_is_refused() {
    byte[] user = decoded(SessionFormat.PYROGRAM_V1_64);
    user[258] = (byte) 0xff;
    assertRefused(encoded(SessionFormat.PYROGRAM_V1_64, user));
    byte[] apiId = decoded(SessionFormat.PYROGRAM);
    apiId[1] = (byte) 0x80;
    assertRefused(encoded(SessionFormat.PYROGRAM, apiId));
  }

  @Test
  void user_0_and_api_id_0_mean_that_they_are_not_known() {
    byte[] data = decoded(SessionFormat.PYROGRAM);
    for (int i : new int[] {1, 2, 3, 4}) {
      data[i] = 0;
    }
    for (int i = 262; i < 270; i++) {
      data[i] = 0;
    }

    SavedSession session = SessionString.parse(encoded(SessionFormat.PYROGRAM, data)).session();

    assertThat(session.user()).isNull();
    assertThat(session.apiId()).isNull();
  }

  @Test
  void a_user_id_of_32_bits_is_unsigned() {
    SignedInUser high = new SignedInUser(4_000_000_000L, false);
    String written = SessionString.write(session(1).withUser(high), SessionFormat.PYROGRAM_V1);

    assertThat(SessionString.parse(written).session().user()).isEqualTo(high);
  }

  @Test
  void what_a_form_must_hold_is_asked_for() {
    assertThatThrownBy(() -> SessionString.write(session(2), SessionFormat.PYROGRAM_V1_64))
        .isInstanceOf(SessionStringException.class)
        .hasMessageContaining("user id is not known");
    assertThatThrownBy(() -> SessionString.write(session(2).withUser(USER), SessionFormat.PYROGRAM))
        .isInstanceOf(SessionStringException.class)
        .hasMessageContaining("api_id is not known");
    assertThatThrownBy(
            () -> SessionString.write(session(2).withUser(USER), SessionFormat.PYROGRAM_V1))
        .isInstanceOf(SessionStringException.class)
        .hasMessageContaining("32 bits");
    assertThatThrownBy(() -> SessionString.write(session(5).withTest(true), SessionFormat.TELETHON))
        .isInstanceOf(SessionStringException.class)
        .hasMessageContaining("dc 5");
    assertThatThrownBy(() ->
            SessionString.write(
                session(2),
                SessionFormat.GRAMJS,
                InetSocketAddress.createUnresolved("telegram.example", 443)))
        .isInstanceOf(SessionStringException.class)
        .hasMessageContaining("IP address");
  }

  @Test
  void a_port_above_32767_is_unsigned() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 40_000);

    byte[] telethon =
        Base64.getUrlDecoder()
            .decode(SessionString.write(session(2), SessionFormat.TELETHON, address).substring(1));

    assertThat(telethon).startsWith(2, 127, 0, 0, 1, 0x9c, 0x40).hasSize(263);
  }

  @Test
  void mtcutes_older_test_flag_and_first_form_of_a_data_centre_are_read() {
    byte[] data = decoded(SessionFormat.MTCUTE);
    data[1] |= 2;
    data[6] = 1;

    assertThat(SessionString.parse(encoded(SessionFormat.MTCUTE, data)).session().test()).isTrue();
  }

  @Test
  void test_and_production_in_one_mtcute_string_are_refused() {
    byte[] data = Base64.getUrlDecoder().decode(string("mtcute.media"));
    // The second data centre: 5 bytes before the first, which takes 24 with its length.
    assertThat(data[30]).isEqualTo((byte) 2);
    data[32] |= 4;

    assertRefused(encoded(SessionFormat.MTCUTE, data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void nothing_is_refused_as_nothing(String text) {
    assertThatThrownBy(() -> SessionString.parse(text))
        .isInstanceOfSatisfying(
            SessionStringException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EMPTY));
  }

  @Test
  void a_long_text_is_refused_before_it_is_looked_at() {
    assertThatThrownBy(() -> SessionString.parse(" ".repeat(SessionString.MAX_LENGTH + 1)))
        .isInstanceOfSatisfying(
            SessionStringException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
  }

  @Test
  void what_is_no_base64_is_refused_without_showing_where() {
    String secret = string("telethon.ipv4");
    String broken = secret.substring(0, 100) + "\u00e9 " + secret.substring(102);

    assertThatThrownBy(() -> SessionString.parse(broken))
        .isInstanceOfSatisfying(
            SessionStringException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_BASE64))
        .hasNoCause();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_string_that_was_cut_off_is_refused(String name) {
    String whole = string(name).replace("=", "");
    for (int length = 0; length < whole.length(); length++) {
      // Cut to just these lengths, one form can look like another, and nothing tells them apart.
      int bytes = (length - (whole.startsWith("1") ? 1 : 0)) * 3 / 4;
      if (bytes != 263 && bytes != 267 && bytes != 275) {
        assertRefused(whole.substring(0, length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothing_says_the_key(String name) {
    String text = string(name);
    SessionString read = SessionString.parse(text);

    assertSilent(read.toString(), text);
    assertSilent(read.session().toString(), text);
  }

  @Test
  void whatever_comes_in_gives_a_session_or_the_one_exception() {
    Random random = new Random(7);
    List<SessionFormat> formats = List.of(SessionFormat.values());
    for (int round = 0; round < 40_000; round++) {
      SessionFormat format = formats.get(random.nextInt(formats.size()));
      byte[] data = random.nextBoolean() ? decoded(format) : random(random);
      for (int changes = random.nextInt(4); changes > 0 && data.length > 0; changes--) {
        int at =
            random.nextBoolean()
                ? random.nextInt(data.length)
                : random.nextInt(Math.min(data.length, 48));
        data[at] = (byte) random.nextInt();
      }
      read(encoded(random.nextInt(8) == 0 ? SessionFormat.MTCUTE : format, data));
    }
  }

  @Test
  void whatever_characters_come_in_give_a_session_or_the_one_exception() {
    Random random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(string("mtcute.media"));
      for (int changes = random.nextInt(1, 5); changes > 0 && !text.isEmpty(); changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.deleteCharAt(at);
          default -> text.setLength(at + 1);
        }
      }
      read(text.toString());
    }
  }

  private static byte[] random(Random random) {
    int[] sizes = {0, 1, 5, 261, 263, 267, 271, 275, 289, 300};
    byte[] data = new byte[sizes[random.nextInt(sizes.length)]];
    random.nextBytes(data);
    return data;
  }

  private static void read(String text) {
    try {
      SessionString.write(SessionString.parse(text).session(), SessionFormat.MTCUTE, IPV6);
    } catch (SessionStringException refused) {
      assertSilent(String.valueOf(refused.getMessage()), text);
      assertThat(refused).hasNoCause();
    }
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> SessionString.parse(text))
        .isInstanceOf(SessionStringException.class)
        .hasNoCause()
        .satisfies(e -> assertSilent(String.valueOf(e.getMessage()), text));
  }

  /** That a message holds no part of a text: none of eight characters or more. */
  private static void assertSilent(String message, String text) {
    for (int i = 0; i + 8 <= text.length(); i++) {
      if (message.contains(text.substring(i, i + 8))) {
        throw new AssertionError("shows a part of the string: " + message);
      }
    }
  }

  /** A session in this form, laid out by hand after the table of docs/sessions.md. */
  private static byte[] decoded(SessionFormat format) {
    return switch (format) {
      case TELETHON -> join(new byte[] {2}, new byte[] {127, 0, 0, 1, 1, (byte) 0xbb}, KEY_BYTES);
      case GRAMJS ->
          join(
              new byte[] {2, 0, 9},
              new byte[] {'1', '2', '7', '.', '0', '.', '0', '.', '1', 1, (byte) 0xbb},
              KEY_BYTES);
      case PYROGRAM_V1 -> join(new byte[] {4, 0}, KEY_BYTES, new byte[] {0, 0, 0, 9, 1});
      case PYROGRAM_V1_64 ->
          join(new byte[] {4, 1}, KEY_BYTES, new byte[] {0, 0, 0, 1, 0, 0, 0, 9, 0});
      case PYROGRAM ->
          join(
              new byte[] {5, 0, 0, 0x30, 0x39, 1},
              KEY_BYTES,
              new byte[] {0, 0, 0, 1, 0, 0, 0, 9, 1});
      case MTCUTE ->
          join(
              new byte[] {3, 1, 0, 0, 0, 19, 2, 2, 0},
              new byte[] {9, '1', '2', '7', '.', '0', '.', '0', '.', '1', 0, 0},
              new byte[] {(byte) 0xbb, 1, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0},
              new byte[] {0x37, (byte) 0x97, 0x79, (byte) 0xbc, (byte) 0xfe, 0, 1, 0},
              KEY_BYTES);
    };
  }

  @Test
  void layouts_made_by_hand_are_read() {
    SignedInUser nine = new SignedInUser(9, true);
    SignedInUser large = new SignedInUser((1L << 32) + 9, false);
    assertReads(SessionFormat.TELETHON, session(2));
    assertReads(SessionFormat.GRAMJS, session(2));
    assertReads(SessionFormat.PYROGRAM_V1, session(4).withUser(nine));
    assertReads(SessionFormat.PYROGRAM_V1_64, session(4).withTest(true).withUser(large));
    assertReads(
        SessionFormat.PYROGRAM,
        session(5)
            .withTest(true)
            .withUser(new SignedInUser((1L << 32) + 9, true))
            .withApiId(12345));
    assertReads(SessionFormat.MTCUTE, session(2).withUser(large));
  }

  private static void assertReads(SessionFormat format, SavedSession expected) {
    assertThat(SessionString.parse(encoded(format, decoded(format))))
        .isEqualTo(new SessionString(format, expected));
  }

  private static String encoded(SessionFormat format, byte[] data) {
    return switch (format) {
      case TELETHON -> "1" + Base64.getUrlEncoder().encodeToString(data);
      case GRAMJS -> "1" + Base64.getEncoder().encodeToString(data);
      default -> Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    };
  }

  private static void overwriteKey(byte[] data) {
    int from = indexOfKey(data);
    for (int i = 0; i < KEY_BYTES.length; i++) {
      data[from + i] = 0;
    }
  }

  private static int indexOfKey(byte[] data) {
    for (int i = 0; i + KEY_BYTES.length <= data.length; i++) {
      if (Arrays.equals(data, i, i + KEY_BYTES.length, KEY_BYTES, 0, KEY_BYTES.length)) {
        return i;
      }
    }
    throw new AssertionError("no key in there");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
