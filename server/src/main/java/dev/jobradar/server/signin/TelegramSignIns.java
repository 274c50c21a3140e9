package dev.jobradar.server.signin;

import dev.jobradar.clients.CompletedSignIn;
import dev.jobradar.clients.PendingSignIns;
import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInOrigin;
import dev.jobradar.clients.SignInStep;

/** Sign-ins with Telegram's own code: what is used of {@link PendingSignIns}, with its rules. */
public interface TelegramSignIns {
  PendingSignIns.Begun begin(String phone, SignInOrigin who) throws InterruptedException;

  SignInStep resendCode(SignInId id) throws InterruptedException;

  SignInStep submitCode(SignInId id, String code) throws InterruptedException;

  SignInStep submitPassword(SignInId id, String password) throws InterruptedException;

  CompletedSignIn complete(SignInId id) throws InterruptedException;

  void cancel(SignInId id);

  /** The real ones. */
  static TelegramSignIns of(PendingSignIns signIns) {
    return new TelegramSignIns() {
      @Override
      public PendingSignIns.Begun begin(String phone, SignInOrigin who)
          throws InterruptedException {
        return signIns.begin(phone, who);
      }

      @Override
      public SignInStep resendCode(SignInId id) throws InterruptedException {
        return signIns.resendCode(id);
      }

      @Override
      public SignInStep submitCode(SignInId id, String code) throws InterruptedException {
        return signIns.submitCode(id, code);
      }

      @Override
      public SignInStep submitPassword(SignInId id, String password) throws InterruptedException {
        return signIns.submitPassword(id, password);
      }

      @Override
      public CompletedSignIn complete(SignInId id) throws InterruptedException {
        return signIns.complete(id);
      }

      @Override
      public void cancel(SignInId id) {
        signIns.cancel(id);
      }
    };
  }
}
