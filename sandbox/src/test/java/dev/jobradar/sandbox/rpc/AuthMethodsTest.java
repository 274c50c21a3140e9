package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.SrpAnswer;
import dev.jobradar.mtproto.crypto.SrpParameters;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.net.ClientLink.BindResult;
import dev.jobradar.sandbox.rpc.TestServer.Client;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.InputCheckPasswordEmpty;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
import dev.jobradar.tl.api.UpdateLoginToken;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.account.Password;
import dev.jobradar.tl.api.auth.AuthorizationSignUpRequired;
import dev.jobradar.tl.api.auth.CodeTypeCall;
import dev.jobradar.tl.api.auth.CodeTypeSms;
import dev.jobradar.tl.api.auth.LoginToken;
import dev.jobradar.tl.api.auth.LoginTokenMigrateTo;
import dev.jobradar.tl.api.auth.LoginTokenSuccess;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodeSuccess;
import dev.jobradar.tl.api.auth.SentCodeTypeApp;
import dev.jobradar.tl.api.auth.SentCodeTypeCall;
import dev.jobradar.tl.api.auth.SentCodeTypeSms;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Users;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthMethodsTest {

  private static final String PHONE = "9996621233";
  private static final String WITH_PASSWORD = "9996621237";

  private final TestServer test = new TestServer();
  private final Client client = test.client(2);

  private void signIn(Client from, String phone, String hash, String code) {
    from.call(Auth.SignIn.builder().phoneNumber(phone).phoneCodeHash(hash).phoneCode(code).build());
  }

  @Test
  void a_test_number_signs_in_with_its_data_centre_five_times() {
    SentCode sent = client.sendCode("+999 66 2 1233");
    assertThat(sent.type()).isEqualTo(new SentCodeTypeSms(5));

    signIn(client, PHONE, sent.phoneCodeHash(), "22222");

    assertThat(client.signedIn).isEqualTo(client.me());
    var me =
        (dev.jobradar.tl.api.User)
            client.call(new Users.GetUsers(List.of(new InputUserSelf()))).getFirst();
    assertThat(me.self()).isTrue();
    assertThat(me.phone()).isEqualTo(PHONE);
    assertThat(test.events)
        .contains(new Event.SignedIn(client.key.value(), client.me().value(), 2));
  }

  @Test
  void another_data_centre_sends_a_test_number_home() {
    assertThatThrownBy(() -> test.client(1).sendCode(PHONE))
        .isInstanceOfSatisfying(
            RpcErrorException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(303);
              assertThat(refusal.name()).isEqualTo("PHONE_MIGRATE_2");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "123", "0123456789", "9996641234", "9996601234", "1234567890123456"})
  void a_number_that_is_none_is_refused(String phone) {
    assertThatThrownBy(() -> client.sendCode(phone)).hasMessage("PHONE_NUMBER_INVALID");
  }

  @Test
  void any_other_number_gets_a_code_by_the_event_log() {
    Client first = test.client(1);
    first.signIn("79001234568");

    assertThat(test.code("79001234568")).matches("\\d{5}");
    var me =
        (dev.jobradar.tl.api.User)
            first.call(new Users.GetUsers(List.of(new InputUserSelf()))).getFirst();
    assertThat(me.username()).isEqualTo("u79001234568");
  }

  @Test
  void an_application_without_an_id_is_refused() {
    assertThatThrownBy(
            () -> client.call(new Auth.SendCode(PHONE, 0, "", CodeSettings.builder().build())))
        .hasMessage("API_ID_INVALID");
  }

  @Test
  void wrong_codes_are_limited() {
    String hash = client.sendCode(PHONE).phoneCodeHash();
    assertThatThrownBy(() -> signIn(client, PHONE, hash, "")).hasMessage("PHONE_CODE_EMPTY");
    for (int i = 0; i < SentCodes.TRIES; i++) {
      assertThatThrownBy(() -> signIn(client, PHONE, hash, "11111"))
          .hasMessage("PHONE_CODE_INVALID");
    }
    assertThatThrownBy(() -> signIn(client, PHONE, hash, "22222")).hasMessage("PHONE_CODE_EXPIRED");
  }

  @Test
  void a_code_expires_and_a_new_one_replaces_it() {
    String old = client.sendCode(PHONE).phoneCodeHash();
    String hash = client.sendCode(PHONE).phoneCodeHash();
    assertThatThrownBy(() -> signIn(client, PHONE, old, "22222")).hasMessage("PHONE_CODE_EXPIRED");
    assertThatThrownBy(() -> signIn(client, PHONE, "", "22222"))
        .hasMessage("PHONE_CODE_HASH_EMPTY");
    test.now += SentCodes.VALID.toSeconds();
    assertThatThrownBy(() -> signIn(client, PHONE, hash, "22222")).hasMessage("PHONE_CODE_EXPIRED");
  }

  @Test
  void a_code_is_good_once() {
    String hash = client.sendCode(PHONE).phoneCodeHash();
    signIn(client, PHONE, hash, "22222");

    assertThatThrownBy(() -> signIn(test.client(2), PHONE, hash, "22222"))
        .hasMessage("PHONE_CODE_EXPIRED");
  }

  @Test
  void a_code_is_sent_again_another_way_while_there_is_one() {
    SentCode first = client.sendCode(PHONE);
    assertThat(first.nextType()).isEqualTo(new CodeTypeCall());
    assertThat(first.timeout()).isEqualTo(60);
    Auth.ResendCode resend =
        Auth.ResendCode.builder().phoneNumber(PHONE).phoneCodeHash(first.phoneCodeHash()).build();

    SentCode second = (SentCode) client.call(resend);

    assertThat(second.type()).isEqualTo(new SentCodeTypeCall(5));
    assertThat(second.nextType()).isNull();
    assertThatThrownBy(() -> client.call(resend)).hasMessage("SEND_CODE_UNAVAILABLE");
    assertThat(test.events)
        .contains(new Event.Code(PHONE, "22222", "sms"), new Event.Code(PHONE, "22222", "call"));
  }

  @Test
  void a_cancelled_code_is_void() {
    String hash = client.sendCode(PHONE).phoneCodeHash();

    assertThat(client.call(new Auth.CancelCode(PHONE, hash))).isTrue();
    assertThatThrownBy(() -> signIn(client, PHONE, hash, "22222")).hasMessage("PHONE_CODE_EXPIRED");
  }

  @Test
  void an_account_that_is_signed_in_gets_its_code_as_a_message() {
    Client first = test.signedIn(PHONE);
    first.pushed.clear();

    SentCode sent = client.sendCode(PHONE);

    assertThat(sent.type()).isEqualTo(new SentCodeTypeApp(5));
    assertThat(sent.nextType()).isEqualTo(new CodeTypeSms());
    Updates update = (Updates) first.pushed.getFirst();
    var message =
        (dev.jobradar.tl.api.Message) ((UpdateNewMessage) update.updates().getFirst()).message();
    assertThat(message.message()).contains("22222");
    assertThat(message.peerId()).isEqualTo(new dev.jobradar.tl.api.PeerUser(777_000));
  }

  @Test
  void a_code_that_is_written_to_somebody_is_void() {
    Client first = test.signedIn(PHONE);
    String hash = client.sendCode(PHONE).phoneCodeHash();
    first.sendToSelf("my code is 22222", 1);

    assertThatThrownBy(() -> signIn(client, PHONE, hash, "22222")).hasMessage("PHONE_CODE_EXPIRED");
  }

  @Test
  void a_number_that_must_sign_up_is_no_account_before() {
    String phone = "9996620000";
    String hash = client.sendCode(phone).phoneCodeHash();
    Auth.SignUp signUp =
        Auth.SignUp.builder()
            .phoneNumber(phone)
            .phoneCodeHash(hash)
            .firstName("New")
            .lastName("Person")
            .build();
    assertThatThrownBy(() -> client.call(signUp)).hasMessage("PHONE_CODE_INVALID");

    assertThat(
            client.call(
                Auth.SignIn.builder()
                    .phoneNumber(phone)
                    .phoneCodeHash(hash)
                    .phoneCode("22222")
                    .build()))
        .isInstanceOf(AuthorizationSignUpRequired.class);
    assertThat(test.world.userByPhone(phone)).isEmpty();

    assertThat(client.user(client.call(signUp)).firstName()).isEqualTo("New");
    assertThatThrownBy(() -> client.call(signUp)).hasMessage("PHONE_NUMBER_OCCUPIED");
  }

  // The two-step password

  private static InputCheckPasswordSRP answer(Password question, String password) {
    var algorithm =
        (PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
            java.util.Objects.requireNonNull(question.currentAlgo());
    SecureRandom random = new SecureRandom();
    BigInteger prime = new BigInteger(1, algorithm.p().toByteArray());
    SrpParameters parameters =
        new SrpParameters(
            algorithm.salt1().toByteArray(),
            algorithm.salt2().toByteArray(),
            DhGroup.verify(prime, algorithm.g(), random));
    SrpAnswer answer =
        parameters.answer(
            password.getBytes(StandardCharsets.UTF_8),
            java.util.Objects.requireNonNull(question.srpB()).toByteArray(),
            random);
    return new InputCheckPasswordSRP(
        java.util.Objects.requireNonNull(question.srpId()),
        Bytes.of(answer.a()),
        Bytes.of(answer.m1()));
  }

  @Test
  void a_number_that_ends_in_7_needs_its_password_too() {
    assertThatThrownBy(() -> client.signIn(WITH_PASSWORD))
        .isInstanceOfSatisfying(
            RpcErrorException.class, refusal -> assertThat(refusal.code()).isEqualTo(401))
        .hasMessage("SESSION_PASSWORD_NEEDED");
    assertThat(client.signedIn).isNull();
    assertThatThrownBy(() -> client.call(new Users.GetUsers(List.of(new InputUserSelf()))))
        .hasMessage("AUTH_KEY_UNREGISTERED");

    Password question = client.call(new Account.GetPassword());
    assertThat(question.hasPassword()).isTrue();
    assertThat(question.hint()).contains("secret");

    var me = client.user(client.call(new Auth.CheckPassword(answer(question, "secret"))));
    assertThat(me.phone()).isEqualTo(WITH_PASSWORD);
    assertThat(client.signedIn).isNotNull();
  }

  @Test
  void a_wrong_password_is_refused_and_each_question_is_good_for_one_answer() {
    assertThatThrownBy(() -> client.signIn(WITH_PASSWORD)).hasMessage("SESSION_PASSWORD_NEEDED");
    Password question = client.call(new Account.GetPassword());
    Auth.CheckPassword wrong = new Auth.CheckPassword(answer(question, "Secret"));

    assertThatThrownBy(() -> client.call(wrong)).hasMessage("PASSWORD_HASH_INVALID");
    assertThatThrownBy(() -> client.call(new Auth.CheckPassword(answer(question, "secret"))))
        .hasMessage("SRP_ID_INVALID");
    assertThatThrownBy(() -> client.call(new Auth.CheckPassword(new InputCheckPasswordEmpty())))
        .hasMessage("PASSWORD_HASH_INVALID");
    Password next = client.call(new Account.GetPassword());
    client.call(new Auth.CheckPassword(answer(next, "secret")));
    assertThat(client.signedIn).isNotNull();
  }

  @Test
  void a_question_belongs_to_the_key_that_asked() {
    assertThatThrownBy(() -> client.signIn(WITH_PASSWORD)).hasMessage("SESSION_PASSWORD_NEEDED");
    Client other = test.client(2);
    assertThatThrownBy(() -> other.signIn(WITH_PASSWORD)).hasMessage("SESSION_PASSWORD_NEEDED");
    Password question = client.call(new Account.GetPassword());

    assertThatThrownBy(() -> other.call(new Auth.CheckPassword(answer(question, "secret"))))
        .hasMessage("SRP_ID_INVALID");
  }

  @Test
  void many_wrong_passwords_end_the_sign_in() {
    assertThatThrownBy(() -> client.signIn(WITH_PASSWORD)).hasMessage("SESSION_PASSWORD_NEEDED");
    for (int i = 1; i < Passwords.TRIES; i++) {
      wrongPassword("PASSWORD_HASH_INVALID");
    }
    wrongPassword("PHONE_PASSWORD_FLOOD");

    assertThatThrownBy(() -> client.call(new Account.GetPassword()))
        .hasMessage("AUTH_KEY_UNREGISTERED");
  }

  private void wrongPassword(String error) {
    Password question = client.call(new Account.GetPassword());
    Bytes number = Bytes.of(new byte[256]);
    InputCheckPasswordSRP guess =
        new InputCheckPasswordSRP(
            java.util.Objects.requireNonNull(question.srpId()), number, Bytes.of(new byte[32]));
    assertThatThrownBy(() -> client.call(new Auth.CheckPassword(guess))).hasMessage(error);
  }

  @Test
  void an_account_without_a_password_has_none_to_ask_for() {
    Password question = test.signedIn(PHONE).call(new Account.GetPassword());

    assertThat(question.hasPassword()).isFalse();
    assertThat(question.srpId()).isNull();
  }

  // Signing out

  @Test
  void logging_out_ends_the_sign_in_and_leaves_a_token_for_the_next() {
    client.signIn(PHONE);
    Bytes token =
        java.util.Objects.requireNonNull(client.call(new Auth.LogOut()).futureAuthToken());
    assertThat(client.signedIn).isNull();
    assertThatThrownBy(() -> client.call(new Users.GetUsers(List.of(new InputUserSelf()))))
        .hasMessage("AUTH_KEY_UNREGISTERED");

    Client next = test.client(2);
    Auth.SendCode withToken =
        new Auth.SendCode(
            PHONE, 1, "hash", CodeSettings.builder().logoutTokens(List.of(token)).build());
    SentCodeSuccess success = (SentCodeSuccess) next.call(withToken);
    assertThat(next.user(success.authorization()).phone()).isEqualTo(PHONE);
    assertThat(test.client(2).call(withToken)).isInstanceOf(SentCode.class);
  }

  @Test
  void a_token_does_not_replace_the_password() {
    assertThatThrownBy(() -> client.signIn(WITH_PASSWORD)).hasMessage("SESSION_PASSWORD_NEEDED");
    client.call(new Auth.CheckPassword(answer(client.call(new Account.GetPassword()), "secret")));
    Bytes token =
        java.util.Objects.requireNonNull(client.call(new Auth.LogOut()).futureAuthToken());

    assertThatThrownBy(() ->
            test.client(2)
                .call(
                    new Auth.SendCode(
                        WITH_PASSWORD,
                        1,
                        "hash",
                        CodeSettings.builder().logoutTokens(List.of(token)).build())))
        .hasMessage("SESSION_PASSWORD_NEEDED");
  }

  @Test
  void the_other_sign_ins_can_be_ended_at_once_or_one_by_one() {
    Client first = test.signedIn(PHONE);
    Client second = test.signedIn(PHONE);
    Client third = test.signedIn(PHONE);
    var authorizations = first.call(new Account.GetAuthorizations()).authorizations();
    assertThat(authorizations).hasSize(3);
    assertThat(authorizations).filteredOn(dev.jobradar.tl.api.Authorization::current).hasSize(1);

    long hash = test.world.authorization(third.key).orElseThrow().hash();
    assertThat(first.call(new Account.ResetAuthorization(hash))).isTrue();
    assertThat(third.signedIn).isNull();
    assertThatThrownBy(() -> first.call(new Account.ResetAuthorization(hash)))
        .hasMessage("HASH_INVALID");
    first.call(new Auth.ResetAuthorizations());
    assertThat(second.signedIn).isNull();
    assertThat(first.signedIn).isNotNull();
  }

  @Test
  void a_sign_in_that_is_ended_from_outside_says_why() {
    client.signIn(PHONE);
    test.server.endSignIn(client.key, 406, "AUTH_KEY_DUPLICATED");

    assertThat(client.signedIn).isNull();
    assertThatThrownBy(() -> client.call(new Users.GetUsers(List.of(new InputUserSelf()))))
        .isInstanceOfSatisfying(
            RpcErrorException.class, refusal -> assertThat(refusal.code()).isEqualTo(406))
        .hasMessage("AUTH_KEY_DUPLICATED");
  }

  // Data centres

  @Test
  void an_authorisation_travels_to_another_data_centre_for_files_only() {
    client.signIn(PHONE);
    var export = client.call(new Auth.ExportAuthorization(3));
    Client there = test.client(3);

    there.call(new Auth.ImportAuthorization(export.id(), export.bytes()));

    assertThat(there.signedIn).as("not counted as a sign-in").isNull();
    assertThat(test.server.account(there.key)).isEmpty();
    assertThat(there.call(new Users.GetUsers(List.of(new InputUserSelf())))).hasSize(1);
    assertThatThrownBy(() -> there.call(new dev.jobradar.tl.api.method.Updates.GetState()))
        .hasMessage("USER_MIGRATE_2");
    assertThatThrownBy(
            () -> test.client(3).call(new Auth.ImportAuthorization(export.id(), export.bytes())))
        .hasMessage("AUTH_BYTES_INVALID");
    assertThatThrownBy(() -> client.call(new Auth.ExportAuthorization(2)))
        .hasMessage("DC_ID_INVALID");
    assertThat(client.call(new Account.GetAuthorizations()).authorizations()).hasSize(1);
  }

  @Test
  void an_account_that_moved_takes_its_sign_in_along() {
    client.signIn(PHONE);
    UserId me = test.server.account(client.key).orElseThrow();
    test.world.move(me, 3);

    assertThatThrownBy(() -> client.call(new dev.jobradar.tl.api.method.Updates.GetState()))
        .hasMessage("USER_MIGRATE_3");
    assertThat(test.server.account(client.key)).isEmpty();
    var export = client.call(new Auth.ExportAuthorization(3));
    Client there = test.client(3);
    there.call(new Auth.ImportAuthorization(export.id(), export.bytes()));

    assertThat(test.server.account(there.key)).contains(me);
    assertThat(there.call(new dev.jobradar.tl.api.method.Updates.GetState()).pts()).isPositive();
  }

  @Test
  void a_temporary_key_is_bound_or_the_reason_said() {
    Auth.BindTempAuthKey bind = new Auth.BindTempAuthKey(5, 1, 2, Bytes.of(new byte[8]));
    Client silent = test.new Client(new dev.jobradar.sandbox.world.KeyId(77), 2);
    assertThat(silent.call(bind)).isTrue();

    silent.bindResult = BindResult.ENCRYPTED_MESSAGE_INVALID;
    assertThatThrownBy(() -> silent.call(bind)).hasMessage("ENCRYPTED_MESSAGE_INVALID");
  }

  // Tokens shown as a QR code

  @Test
  void a_token_that_another_client_accepts_signs_in() {
    Client owner = test.signedIn(PHONE);
    Auth.ExportLoginToken export = new Auth.ExportLoginToken(1, "hash", List.of());
    LoginToken token = (LoginToken) client.call(export);

    owner.call(new Auth.AcceptLoginToken(token.token()));

    assertThat(((UpdateShort) client.pushed.getFirst()).update())
        .isInstanceOf(UpdateLoginToken.class);
    assertThat(client.call(export)).isInstanceOf(LoginTokenSuccess.class);
    assertThat(client.signedIn).isEqualTo(owner.me());
  }

  @Test
  void a_token_shown_at_another_data_centre_moves() {
    Client owner = test.signedIn(PHONE);
    Client stranger = test.client(1);
    Auth.ExportLoginToken export = new Auth.ExportLoginToken(1, "hash", List.of());
    LoginToken token = (LoginToken) stranger.call(export);
    owner.call(new Auth.AcceptLoginToken(token.token()));

    LoginTokenMigrateTo move = (LoginTokenMigrateTo) stranger.call(export);
    assertThat(move.dcId()).isEqualTo(2);
    assertThat(client.call(new Auth.ImportLoginToken(move.token())))
        .isInstanceOf(LoginTokenSuccess.class);
  }

  @Test
  void a_token_is_accepted_once_and_in_time() {
    Client owner = test.signedIn(PHONE);
    LoginToken token = (LoginToken) client.call(new Auth.ExportLoginToken(1, "hash", List.of()));
    Auth.AcceptLoginToken accept = new Auth.AcceptLoginToken(token.token());
    owner.call(accept);

    assertThatThrownBy(() -> owner.call(accept)).hasMessage("AUTH_TOKEN_ALREADY_ACCEPTED");
    test.now += LoginTokens.VALID.toSeconds();
    assertThatThrownBy(() -> owner.call(accept)).hasMessage("AUTH_TOKEN_EXPIRED");
    assertThatThrownBy(() -> owner.call(new Auth.AcceptLoginToken(Bytes.EMPTY)))
        .hasMessage("AUTH_TOKEN_INVALID");
  }
}
