package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.account.Password;
import java.util.concurrent.ThreadLocalRandom;

/** What a sign-in uses of a client. Tests put scripted answers in its place. */
interface SignInCalls {
  /** Calls a method within the client's time for calls. */
  <R> R invoke(TlMethod<R> method, CallOptions how) throws InterruptedException;

  /** Asks Telegram who is signed in. */
  Me whoAmI() throws InterruptedException;

  /** Telegram has signed the client's key in. */
  void signedIn(Me account);

  TelegramOptions options();

  /** Proves a password. */
  default InputCheckPasswordSRP proof(String password, Password parameters) {
    return PasswordProof.of(password, parameters);
  }

  /** Waits before the next attempt, longer after each failure. */
  void pause(int failures) throws InterruptedException;

  /** Those of a client. */
  static SignInCalls of(TelegramClient client) {
    return new SignInCalls() {
      @Override
      public <R> R invoke(TlMethod<R> method, CallOptions how) throws InterruptedException {
        return client.invoke(method, how.within(client.options().callTimeout()));
      }

      @Override
      public Me whoAmI() throws InterruptedException {
        return client.refreshMe();
      }

      @Override
      public void signedIn(Me account) {
        client.signedIn(account);
      }

      @Override
      public TelegramOptions options() {
        return client.options();
      }

      @Override
      public void pause(int failures) throws InterruptedException {
        double jitter = ThreadLocalRandom.current().nextDouble();
        Thread.sleep(client.options().backoff().delay(failures, false, jitter));
      }
    };
  }
}
