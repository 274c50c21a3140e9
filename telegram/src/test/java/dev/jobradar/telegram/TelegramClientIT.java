package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.net.ReservedPorts;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.signin.CodeDelivery;
import dev.jobradar.telegram.signin.CodeRequest;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import dev.jobradar.tl.Bytes;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TelegramClientIT {
  private static final int DATA_CENTRES = 3;

  @TempDir private Path state;

  /** A sandbox that is started again listens where it did. */
  private final ReservedPorts ports = ReservedPorts.inARow(DATA_CENTRES);

  private Sandbox sandbox;
  private final List<TelegramClient> clients = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final BlockingQueue<MtprotoException> ended = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.builder()
            .dataCentres(DATA_CENTRES)
            .port(ports.first())
            .strict(true)
            .state(state)
            .start();
  }

  @AfterEach
  void stop() {
    clients.forEach(TelegramClient::close);
    sandbox.close();
    ports.close();
  }

  private TelegramClient client(@Nullable SavedSession session) {
    return client(session, SandboxOptions.addresses(sandbox));
  }

  private TelegramClient client(
      @Nullable SavedSession session, Map<DcId, InetSocketAddress> addresses) {
    TelegramOptions options = SandboxOptions.of(sandbox, addresses).build();
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onReady() {
            ready.countDown();
          }

          @Override
          public void onEnded(MtprotoException cause) {
            ended.add(cause);
          }
        };
    TelegramClient client = new TelegramClient(options, session, listener);
    clients.add(client);
    client.open();
    return client;
  }

  private TelegramClient signedIn() {
    return client(SessionString.parse(sandbox.accounts(1).getFirst()).session());
  }

  private static SignInResult enter(TelegramClient client, String phone, String code)
      throws InterruptedException {
    SignIn signIn = new SignIn(client, phone, List.of());
    signIn.sendCode();
    return signIn.signIn(code);
  }

  private void assertNeverTwo() {
    assertThat(sandbox.stats().maxOpenPerKey()).isLessThanOrEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).isLessThanOrEqualTo(1);
  }

  @Test
  void a_person_signs_in_with_a_code_and_comes_back_without_one() throws Exception {
    TelegramClient first = client(null);
    SignIn signIn = new SignIn(first, "+999 661 2345", List.of());
    assertThat(signIn.sendCode())
        .isInstanceOfSatisfying(
            CodeRequest.Sent.class,
            sent -> assertThat(sent.delivery()).isInstanceOf(CodeDelivery.class));
    SignInResult result = signIn.signIn("11111");
    assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
    Me me = ((SignInResult.SignedIn) result).me();
    SavedSession saved = Objects.requireNonNull(first.session());
    first.close();

    TelegramClient second = client(saved);
    assertThat(second.me()).isEqualTo(me);
    assertThat(second.isSignedIn()).isTrue();
    assertNeverTwo();
  }

  @Test
  void a_phone_of_another_data_centre_is_followed_there() throws Exception {
    TelegramClient client = client(null);
    assertThat(enter(client, "9996632346", "33333")).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(client.dc()).isEqualTo(new DcId(3));
    assertThat(Objects.requireNonNull(client.session()).dc()).isEqualTo(new DcId(3));
    assertNeverTwo();
  }

  @Test
  void a_data_centre_that_is_not_in_the_table_is_asked_for() throws Exception {
    DataCentre first = sandbox.dataCentres().getFirst();
    TelegramClient client =
        client(null, Map.of(new DcId(1), new InetSocketAddress(first.host(), first.port())));
    assertThat(enter(client, "9996622346", "22222")).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(client.dc()).isEqualTo(new DcId(2));
  }

  @Test
  void a_two_step_password_is_asked_for_with_its_hint() throws Exception {
    TelegramClient client = client(null);
    SignIn signIn = new SignIn(client, "9996612347", List.of());
    signIn.sendCode();
    SignInResult result = signIn.signIn("11111");
    assertThat(result)
        .isInstanceOfSatisfying(
            SignInResult.PasswordNeeded.class, needed -> assertThat(needed.hint()).isNotBlank());
    assertThatThrownBy(() -> signIn.checkPassword("wrong"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.error()).isEqualTo("PASSWORD_HASH_INVALID"));
    Me me = signIn.checkPassword("secret");
    assertThat(client.me()).isEqualTo(me);
  }

  @Test
  void a_wrong_code_can_be_corrected() throws Exception {
    TelegramClient client = client(null);
    SignIn signIn = new SignIn(client, "9996612349", List.of());
    signIn.sendCode();
    assertThatThrownBy(() -> signIn.signIn("54321"))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.error()).isEqualTo("PHONE_CODE_INVALID"));
    assertThat(client.isSignedIn()).isFalse();
    assertThat(signIn.signIn("11111")).isInstanceOf(SignInResult.SignedIn.class);
  }

  @Test
  void a_number_without_an_account_is_told_as_such() throws Exception {
    assertThat(enter(client(null), "9996610000", "11111"))
        .isInstanceOf(SignInResult.NoSuchAccount.class);
  }

  @Test
  void a_cancelled_code_is_no_use() throws Exception {
    TelegramClient client = client(null);
    SignIn signIn = new SignIn(client, "9996612351", List.of());
    signIn.sendCode();
    signIn.cancelCode();
    assertThatThrownBy(() -> signIn.signIn("11111")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_history_is_read_in_pages_and_every_post_comes_once() throws Exception {
    TelegramClient client = signedIn();
    Channel channel = client.channels().resolve("@JavaJobs");
    assertThat(channel.username()).isEqualTo("javajobs");
    List<Integer> ids = new ArrayList<>();
    int before = 0;
    do {
      HistoryPage page = client.channels().history(channel.peer(), HistoryQuery.before(before));
      page.posts().forEach(post -> ids.add(post.id()));
      before = page.next();
    } while (before > 0);
    assertThat(ids).hasSize(500).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b - a);
    HistoryPage newest = client.channels().history(channel.peer(), HistoryQuery.NEWEST.limit(1));
    assertThat(newest.posts().getFirst().id()).isEqualTo(ids.getFirst());
  }

  @Test
  void a_name_is_resolved_once() throws Exception {
    TelegramClient client = signedIn();
    client.channels().resolve("javajobs");
    assertThat(client.channels().remembered("JAVAJOBS")).isNotNull();
    assertThatThrownBy(() -> client.channels().resolve("no_such_channel_here"))
        .isInstanceOf(NoSuchNameException.class);
    assertThatThrownBy(() -> client.channels().resolve("no such name"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void joining_and_leaving_is_seen() throws Exception {
    TelegramClient client = signedIn();
    Channel channel = client.channels().resolve("golangjobs");
    client.channels().join(channel.peer());
    client.channels().join(channel.peer());
    assertThat(client.channels().full(channel.peer()).joined()).isTrue();
    client.channels().leave(channel.peer());
    client.channels().leave(channel.peer());
    assertThat(client.channels().full(channel.peer()).joined()).isFalse();
  }

  @Test
  void a_repeated_message_is_recognised_and_not_doubled() throws Exception {
    TelegramClient client = signedIn();
    SentMessage first = client.channels().sendToSelf("Привет", 42);
    assertThat(first.repeated()).isFalse();
    assertThat(first.id()).isPresent();
    long before = sandbox.stats().messages();
    SentMessage again = client.channels().sendToSelf("Привет", 42);
    // Telegram answers as before, and says RANDOM_ID_DUPLICATE only while the first still runs.
    assertThat(again).isEqualTo(first);
    sandbox.faults().set(Fault.error("RANDOM_ID_DUPLICATE"), Aim.method("messages.sendMessage"), 1);
    assertThat(client.channels().sendToSelf("Привет", 42).repeated()).isTrue();
    assertThat(sandbox.stats().messages()).isEqualTo(before);
  }

  @Test
  void logging_out_ends_the_key() throws Exception {
    TelegramClient client = signedIn();
    SavedSession saved = Objects.requireNonNull(client.session());
    Optional<Bytes> token = client.logOut();
    assertThat(token).isNotNull();
    assertThat(client.session()).isNull();
    assertThatThrownBy(client::refreshMe).isInstanceOf(ConnectionClosedException.class);

    TelegramClient late = client(saved);
    assertThat(ended.poll(20, TimeUnit.SECONDS)).isInstanceOf(RpcException.SessionEnded.class);
    assertThat(late.isSignedIn()).isFalse();
    assertThatThrownBy(late::refreshMe).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void a_revoked_session_closes_the_client_and_says_why() throws Exception {
    TelegramClient client = signedIn();
    client.me();
    long key = Objects.requireNonNull(Objects.requireNonNull(client.session()).authKey()).id();
    sandbox.world().revoke(new KeyId(key), 401, "SESSION_REVOKED");
    assertThatThrownBy(client::refreshMe)
        .isInstanceOfSatisfying(
            RpcException.SessionEnded.class,
            e ->
                assertThat(e.reason()).isEqualTo(RpcException.SessionEnded.Reason.SESSION_REVOKED));
    assertThat(ended.poll(20, TimeUnit.SECONDS)).isInstanceOf(RpcException.SessionEnded.class);
    assertThatThrownBy(client::refreshMe).isInstanceOf(ConnectionClosedException.class);
    assertThat(client.isSignedIn()).isFalse();
  }

  @Test
  void a_restart_of_the_data_centre_is_survived() throws Exception {
    TelegramClient client = signedIn();
    Me me = client.me();
    sandbox.close();
    start();
    assertThat(client.refreshMe()).isEqualTo(me);
    assertNeverTwo();
  }

  @Test
  void who_is_signed_in_is_known_from_connecting() throws Exception {
    TelegramClient client = signedIn();
    assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
    sandbox.close();
    assertThat(client.me().phone()).isNotNull();
    start();
  }

  @Test
  void a_closed_client_says_so_and_can_be_seen_closed() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    TelegramClient client = signedIn();
    client.listener(
        new ClientListener() {
          @Override
          public void onClosed() {
            told.countDown();
          }
        });
    client.me();
    assertThat(client.awaitClosed(Duration.ZERO)).isFalse();
    client.close();
    assertThat(client.awaitClosed(Duration.ofSeconds(20))).isTrue();
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ended).isEmpty();
  }
}
