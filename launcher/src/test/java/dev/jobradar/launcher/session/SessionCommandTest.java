package dev.jobradar.launcher.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SignedInUser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Isolated("it replaces standard input")
class SessionCommandTest {
  private static final byte[] KEY = new byte[AuthKey.SIZE];

  static {
    new Random(1).nextBytes(KEY);
  }

  private static final SavedSession SESSION = SavedSession.of(new DcId(2), false, new AuthKey(KEY));
  private static final SavedSession FULL =
      SESSION.withUser(new SignedInUser(6_000_000_001L, false)).withApiId(12345);

  private final InputStream stdin = System.in;

  private record Ended(int code, String out, String err) {}

  private static Ended run(String input, String... arguments) {
    System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new SessionCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  @AfterEach
  void restore() {
    System.setIn(stdin);
  }

  @Test
  void show_prints_what_the_string_holds_as_one_json_line() {
    Ended shown = run(SessionString.write(FULL, SessionFormat.PYROGRAM) + "\n", "show");

    assertThat(shown.out())
        .isEqualToNormalizingNewlines(
            "{\"format\":\"pyrogram\",\"dc\":2,\"test\":false,\"user_id\":6000000001,"
                + "\"bot\":false,\"api_id\":12345,\"has_key\":true}\n");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.code()).isZero();
  }

  @Test
  void show_leaves_out_what_is_not_known() {
    Ended shown = run(SessionString.write(SESSION, SessionFormat.TELETHON), "show");

    assertThat(shown.out())
        .isEqualToNormalizingNewlines(
            "{\"format\":\"telethon\",\"dc\":2,\"test\":false,\"has_key\":true}\n");
  }

  @ParameterizedTest
  @EnumSource
  void show_never_prints_the_key(SessionFormat format) {
    String string = SessionString.write(FULL.withUser(new SignedInUser(9, true)), format);

    Ended shown = run(string, "show");

    assertThat(shown.code()).isZero();
    String id = HexFormat.of().toHexDigits(new AuthKey(KEY).id());
    assertThat(shown.out() + shown.err())
        .doesNotContain(string.substring(40, 60))
        .doesNotContain(HexFormat.of().formatHex(KEY, 0, 8))
        .doesNotContain(id);
  }

  @Test
  void show_says_when_nobody_is_signed_in() {
    byte[] data = new byte[263];
    data[0] = 4;

    Ended shown = run("1" + Base64.getUrlEncoder().encodeToString(data), "show");

    assertThat(shown.out()).contains("\"has_key\":false");
    assertThat(shown.err()).contains("nobody is signed in");
    assertThat(shown.code()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void convert_prints_the_other_form_alone_on_standard_output(SessionFormat format) {
    SavedSession session = FULL.withUser(new SignedInUser(9, true));

    Ended converted =
        run(
            SessionString.write(session, SessionFormat.TELETHON),
            "convert",
            "--to",
            format.toString(),
            "--user-id=9",
            "--bot",
            "--api-id=12345");

    assertThat(converted.out())
        .isEqualTo(SessionString.write(session, format) + System.lineSeparator());
    assertThat(converted.err()).contains("Stop the program");
    assertThat(converted.code()).isZero();
  }

  @Test
  void convert_writes_mtcutes_form_unless_told_otherwise() {
    Ended converted = run(SessionString.write(FULL, SessionFormat.PYROGRAM), "convert");

    assertThat(SessionString.parse(converted.out()))
        .isEqualTo(new SessionString(SessionFormat.MTCUTE, FULL.withApiId(null)));
  }

  @Test
  void convert_says_what_the_form_asks_for() {
    Ended converted =
        run(SessionString.write(SESSION, SessionFormat.GRAMJS), "convert", "--to=pyrogram-v1-64");

    assertThat(converted.out()).isEmpty();
    assertThat(converted.err()).contains("session convert: ", "user id is not known");
    assertThat(converted.code()).isEqualTo(1);
  }

  @Test
  void convert_writes_the_address_that_it_is_given() {
    Ended converted =
        run(
            SessionString.write(SESSION, SessionFormat.MTCUTE),
            "convert",
            "--to=gramjs",
            "--address=127.0.0.1:40000");

    byte[] data = Base64.getDecoder().decode(converted.out().strip().substring(1));
    assertThat(new String(data, 3, 9, UTF_8)).isEqualTo("127.0.0.1");
    assertThat(converted.err()).contains("32767");
  }

  @Test
  void convert_takes_the_word_for_test_servers_and_says_when_it_is_lost() {
    String string = SessionString.write(SESSION, SessionFormat.TELETHON);

    assertThat(SessionString.parse(run(string, "convert", "--test").out()).session().test())
        .isTrue();
    assertThat(run(string, "convert", "--test", "--to=telethon").err()).contains("test servers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "convert"})
  void what_is_no_session_string_is_refused_without_showing_it(String verb) {
    Ended refused = run("hunter2hunter2hunter2", verb);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .startsWith("session " + verb + ": not a session string")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "convert"})
  void an_endless_input_is_refused(String verb) {
    assertThat(run("A".repeat(100_000), verb).err()).contains("1024 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "convert"})
  void a_string_among_the_arguments_is_wrong_usage_and_is_not_repeated(String verb) {
    Ended wrong = run("", verb, "1hunter2hunter2hunter2");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("standard input").doesNotContain("hunter2");
    assertThat(wrong.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--to=telegram",
        "--user-id=0",
        "--api-id=-1",
        "--bot",
        "--address=localhost:443",
        "--address=127.0.0.1",
        "--address=127.0.0.1:70000"
      })
  void an_option_that_cannot_be_is_wrong_usage(String option) {
    Ended wrong = run(SessionString.write(SESSION, SessionFormat.MTCUTE), "convert", option);

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("Usage:");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void no_verb_is_wrong_usage() {
    assertThat(run("").code()).isEqualTo(2);
  }
}
