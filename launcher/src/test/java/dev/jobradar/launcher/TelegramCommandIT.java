package dev.jobradar.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./jobradar telegram} against a strict sandbox. */
@Timeout(60)
class TelegramCommandIT {
  private static final String PHONE = "9996614321";
  private static final String PHONE_WITH_PASSWORD = "9996614327";

  @TempDir private Path folder;

  private Sandbox sandbox;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    sandbox = Sandbox.builder().dataCentres(1).strict(true).start();
    key = Files.writeString(folder.resolve("key.pem"), sandbox.publicKey().toPem());
  }

  @AfterEach
  void stop() {
    assertThat(sandbox.stats().maxOpenPerKey()).isLessThanOrEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).isLessThanOrEqualTo(1);
    sandbox.close();
  }

  @Test
  void one_account_from_its_code_to_its_end() throws Exception {
    Ended login = run("login", "--phone", PHONE, "--code", "11111");
    assertThat(login.code()).isEqualTo(0);
    assertThat(login.out()).contains("\"event\":\"code_sent\"", "\"event\":\"signed_in\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session())))
        .isEqualTo("rw-------");

    assertThat(run("me").out()).contains(PHONE);
    assertThat(run("resolve", "@javajobs").out()).contains("\"title\"", "\"joined\":true");
    assertThat(run("history", "javajobs", "--limit", "150").out().lines()).hasSize(150);
    assertThat(run("send", "Привет").out()).contains("\"event\":\"sent\"");
    assertFailed(run("login", "--phone", PHONE, "--code", "11111"), "already signed in");

    Path copy = folder.resolve("copy");
    Files.copy(session(), copy);
    assertThat(run("logout").out()).contains("\"event\":\"logged_out\"");
    assertThat(session()).doesNotExist();

    Files.move(copy, session(), StandardCopyOption.REPLACE_EXISTING);
    Ended after = run("me");
    assertThat(after.code()).isEqualTo(1);
    assertThat(after.err()).contains("telegram login");
    assertThat(run("logout").code()).isEqualTo(0);
    assertThat(session()).doesNotExist();
  }

  static Stream<Fault> ends() {
    return Stream.of(
        new Fault.Fail(401, "SESSION_REVOKED"),
        new Fault.Fail(401, "AUTH_KEY_UNREGISTERED"),
        new Fault.Fail(401, "SESSION_PASSWORD_NEEDED"),
        new Fault.Fail(401, "SOMETHING_NEW"),
        new Fault.TransportError(404));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whatever_ended_a_sign_in_login_begins_another_one(Fault end) throws Exception {
    assertThat(run("login", "--phone", PHONE, "--code", "11111").code()).isZero();
    standing(end);
    assertFailed(run("me"), "telegram login");
    Ended again = run("login", "--phone", PHONE, "--code", "11111");
    assertThat(again.err()).contains("The previous sign-in is over");
    assertThat(again.code()).isZero();
    assertThat(run("me").out()).contains(PHONE);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void whatever_ended_a_sign_in_logout_deletes_the_file(Fault end) throws Exception {
    assertThat(run("login", "--phone", PHONE, "--code", "11111").code()).isZero();
    standing(end);
    Ended logout = run("logout");
    assertThat(logout.err()).isEmpty();
    assertThat(logout.code()).isZero();
    assertThat(session()).doesNotExist();
    assertThat(run("logout").code()).as("with no file at all").isZero();
  }

  /** What the key in the session file gets from now on, and no other key. */
  private void standing(Fault end) throws Exception {
    SavedSession saved =
        SessionString.parse(
                new JsonMapper().readTree(session().toFile()).path("session").asString())
            .session();
    KeyId id = new KeyId(Objects.requireNonNull(saved.authKey()).id());
    sandbox.faults().set(end, Aim.key(id));
  }

  @Test
  void a_sign_in_that_cannot_be_asked_for_now_is_kept() throws Exception {
    assertThat(run("login", "--phone", PHONE, "--code", "11111").code()).isZero();
    standing(new Fault.Fail(400, "API_ID_INVALID"));
    assertFailed(run("login", "--phone", PHONE, "--code", "11111"), "my.telegram.org");
    assertFailed(run("logout"), "my.telegram.org");
    assertThat(session()).exists();
  }

  @Test
  void a_code_that_has_expired_is_replaced_by_another_one() {
    sandbox.faults().set(new Fault.Fail(400, "PHONE_CODE_EXPIRED"), Aim.method("auth.signIn"), 1);
    Ended login = run("login", "--phone", PHONE, "--code", "11111");
    assertThat(login.err()).contains("The code has expired");
    assertThat(login.out().lines().filter(line -> line.contains("code_sent"))).hasSize(2);
    assertThat(login.code()).isZero();
  }

  @Test
  void a_permanent_error_says_what_to_do() {
    sandbox.faults().set(Fault.floodWait(Duration.ofSeconds(70)), Aim.method("auth.sendCode"), 1);
    assertFailed(run("login", "--phone", PHONE, "--code", "11111"), "try again in 70 s");
    sandbox.faults().set(new Fault.Fail(400, "SOMETHING_NEW"), Aim.method("auth.sendCode"), 1);
    assertFailed(run("login", "--phone", PHONE, "--code", "11111"), "core.telegram.org/api/errors");
  }

  @Test
  void a_wrong_code_and_a_wrong_password_are_said_so_and_not_shown() {
    assertFailed(run("login", "--phone", PHONE, "--code", "54321"), "the code is wrong", "54321");
    assertFailed(
        run("login", "--phone", PHONE_WITH_PASSWORD, "--code", "11111", "--password", "hush-hush"),
        "the two-step password is wrong",
        "hush-hush");
    assertThat(session()).doesNotExist();
  }

  @Test
  void what_cannot_be_done_is_said_in_words() throws Exception {
    assertFailed(run("me"), "telegram login", "Exception");
    assertFailed(run("login", "--phone", "9996610000", "--code", "11111"), "no Telegram account");
    run("login", "--phone", PHONE_WITH_PASSWORD, "--code", "11111", "--password", "secret");
    assertFailed(run("resolve", "nobody_has_this"), "there is no @nobody_has_this");
    assertFailed(run("resolve", "12345"), "not a public name");
    assertFailed(run("send", " "), "4096");
    Files.writeString(session(), "1this is no session string");
    assertFailed(run("me"), "cannot be read", "no session string");
  }

  @Test
  void a_session_file_in_use_is_left_alone() throws Exception {
    Path lock = folder.resolve("me.session.lock");
    try (FileChannel held =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.tryLock()).isNotNull();
      assertFailed(run("me"), "in use");
    }
    Eventually.await(
        "Telegram sees every connection closed", () -> sandbox.stats().connections() == 0);
  }

  @Test
  void wrong_usage_is_told_before_anything_is_dialled() {
    String file = session().toString();
    assertUsage(telegram("me"), "--session-file");
    assertUsage(
        telegram("--session-file", file, "login", "--phone", PHONE, "--code", "11111"), "--code");
    assertUsage(telegram("--session-file", file, "--dc", "127.0.0.1:1", "me"), "--public-key");
    assertUsage(run("login", "--phone", "none", "--code", "11111"), "--phone");
    assertUsage(run("history", "javajobs", "--limit", "0"), "--limit");
    assertFailed(
        telegram("--session-file", file, "--dc", "x:1", "--public-key", "no.pem", "me"), "no.pem");
    assertFailed(
        telegram("--session-file", file, "--dc", "somewhere", "--public-key", key + "", "me"),
        "HOST:PORT");
  }

  private static void assertFailed(Ended ended, String words, String... hidden) {
    assertThat(ended.err()).contains(words).doesNotContain("\tat ");
    assertThat(List.of(hidden)).noneMatch(ended.err()::contains);
    assertThat(ended.code()).isEqualTo(1);
  }

  private static void assertUsage(Ended ended, String words) {
    assertThat(ended.err().lines().findFirst().orElseThrow()).contains(words);
    assertThat(ended.code()).isEqualTo(2);
  }

  private Path session() {
    return folder.resolve("me.session");
  }

  private record Ended(int code, String out, String err) {}

  private Ended run(String... verb) {
    DataCentre dc = sandbox.dataCentres().getFirst();
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--dc", dc.host() + ":" + dc.port(), "--public-key", key.toString()));
    arguments.addAll(List.of("--session-file", session().toString()));
    return telegram(arguments.toArray(String[]::new));
  }

  private static Ended telegram(String... arguments) {
    List<String> all = new ArrayList<>(List.of("telegram"));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        JobRadar.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }
}
