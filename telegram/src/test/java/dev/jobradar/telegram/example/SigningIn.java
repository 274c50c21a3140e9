package dev.jobradar.telegram.example;

import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Signs in with a phone number, and makes a session string of it. */
final class SigningIn {
  private SigningIn() {}

  static String signIn(TelegramOptions where, String phone, UnaryOperator<String> ask)
      throws InterruptedException {
    try (var client = new TelegramClient(where, null, ClientListener.NONE)) {
      client.open();
      SignIn signIn = new SignIn(client, phone, List.of());
      signIn.sendCode();
      switch (signIn.signIn(ask.apply("Code"))) {
        case SignInResult.SignedIn done -> {}
        case SignInResult.PasswordNeeded needed -> signIn.checkPassword(ask.apply("Password"));
        case SignInResult.NoSuchAccount none -> throw new IllegalArgumentException("no account");
      }
      var session = Objects.requireNonNull(client.session(), "signed in");
      return SessionString.write(session, SessionFormat.MTCUTE);
    }
  }
}
