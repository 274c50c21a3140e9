package dev.jobradar.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PendingSignInsIT {
  private static final String HERE = "192.0.2.1";
  private static final String PHONE = "9996612345";

  private final SandboxWorld world = new SandboxWorld();
  private final UserClients clients = new UserClients(world.store, world.connector());
  private final PendingSignIns signIns =
      new PendingSignIns(clients, new AttemptsInMemory(), SignInOptions.DEFAULT);

  @AfterEach
  void close() {
    clients.close();
    assertThat(signIns.count()).isZero();
    world.awaitConnections(0);
    world.assertNeverTwo();
    world.close();
  }

  private CompletedSignIn signIn(String phone) throws InterruptedException {
    PendingSignIns.Begun begun = signIns.begin(phone, HERE);
    assertThat(begun.step()).isInstanceOf(SignInStep.CodeSent.class);
    assertThat(signIns.submitCode(begun.id(), "11111")).isInstanceOf(SignInStep.Accepted.class);
    return signIns.complete(begun.id());
  }

  @Test
  void the_client_of_a_first_sign_in_becomes_the_users_client() throws Exception {
    CompletedSignIn done = signIn("+999 661 2345");
    assertThat(done.created()).isTrue();
    assertThat(signIns.count()).isZero();
    TelegramClient client = clients.get(done.user()).orThrow();
    assertThat(client.refreshMe().id()).isEqualTo(done.account().id());
    world.awaitConnections(1);
  }

  @Test
  void the_client_of_a_user_is_closed_before_they_sign_in_anew_and_its_key_is_ended()
      throws Exception {
    CompletedSignIn first = signIn(PHONE);
    TelegramClient before = clients.get(first.user()).orThrow();
    long oldKey = SandboxWorld.keyId(world.stored(first.user()));

    CompletedSignIn second = signIn(PHONE);

    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.created()).isFalse();
    assertThat(before.awaitClosed(Duration.ZERO)).isTrue();
    assertThat(world.sandbox.world().authorization(new KeyId(oldKey))).isEmpty();
    assertThat(clients.get(second.user()).orThrow().refreshMe().id())
        .isEqualTo(first.account().id());
  }

  @Test
  void a_wrong_code_leaves_the_user_their_client() throws Exception {
    CompletedSignIn first = signIn(PHONE);
    PendingSignIns.Begun begun = signIns.begin(PHONE, HERE);
    RpcException wrong =
        catchThrowableOfType(RpcException.class, () -> signIns.submitCode(begun.id(), "54321"));
    assertThat(wrong.error()).isEqualTo("PHONE_CODE_INVALID");
    assertThat(clients.get(first.user())).isInstanceOf(ClientResult.Connected.class);
    assertThat(signIns.submitCode(begun.id(), "11111")).isInstanceOf(SignInStep.Accepted.class);
    assertThat(clients.get(first.user(), Duration.ofMillis(100)))
        .isInstanceOf(ClientResult.Unreachable.class);
    signIns.complete(begun.id());
    assertThat(clients.get(first.user())).isInstanceOf(ClientResult.Connected.class);
  }

  @Test
  void after_a_wrong_code_a_client_that_was_open_is_opened_again_at_once() throws Exception {
    CompletedSignIn first = signIn(PHONE);
    assertThat(clients.get(first.user())).isInstanceOf(ClientResult.Connected.class);
    PendingSignIns.Begun begun = signIns.begin(PHONE, HERE);
    assertThatThrownBy(() -> signIns.submitCode(begun.id(), "54321"))
        .isInstanceOf(RpcException.class);
    // Nobody asks for it.
    Eventually.await(
        "the client is open",
        () ->
            clients
                .status(first.user())
                .filter(status -> status.state() == ClientStatus.State.CONNECTED)
                .isPresent());
  }

  @Test
  void a_two_step_password_is_asked_for_with_its_hint() throws Exception {
    PendingSignIns.Begun begun = signIns.begin("9996612347", HERE);
    assertThat(signIns.submitCode(begun.id(), "11111"))
        .isInstanceOfSatisfying(
            SignInStep.PasswordNeeded.class, needed -> assertThat(needed.hint()).isNotBlank());
    assertThatThrownBy(() -> signIns.complete(begun.id())).isInstanceOf(WrongStepException.class);
    assertThatThrownBy(() -> signIns.submitPassword(begun.id(), "wrong"))
        .isInstanceOf(RpcException.class);
    assertThat(signIns.submitPassword(begun.id(), "secret"))
        .isInstanceOf(SignInStep.Accepted.class);
    assertThat(clients.get(signIns.complete(begun.id()).user()))
        .isInstanceOf(ClientResult.Connected.class);
  }

  @Test
  void a_sign_in_that_is_accepted_and_given_up_is_ended_at_telegram() throws Exception {
    PendingSignIns.Begun begun = signIns.begin(PHONE, HERE);
    assertThat(signIns.submitCode(begun.id(), "11111")).isInstanceOf(SignInStep.Accepted.class);
    signIns.cancel(begun.id());
    world.awaitConnections(0);
    var account = world.sandbox.world().userByPhone(PHONE).orElseThrow();
    assertThat(world.sandbox.world().authorizations(account.id())).isEmpty();
    assertThatThrownBy(() -> signIns.complete(begun.id()))
        .isInstanceOf(NoSuchSignInException.class);
  }

  @Test
  void a_second_sign_in_with_the_same_phone_replaces_the_first() throws Exception {
    PendingSignIns.Begun first = signIns.begin(PHONE, HERE);
    PendingSignIns.Begun second = signIns.begin(PHONE, HERE);
    assertThatThrownBy(() -> signIns.submitCode(first.id(), "11111"))
        .isInstanceOf(NoSuchSignInException.class);
    world.awaitConnections(1);
    assertThat(signIns.submitCode(second.id(), "11111")).isInstanceOf(SignInStep.Accepted.class);
    signIns.complete(second.id());
  }
}
