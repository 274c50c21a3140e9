package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.signin.CodeDelivery;
import dev.jobradar.telegram.signin.CodeRequest;
import dev.jobradar.telegram.signin.SignIn;
import dev.jobradar.telegram.signin.SignInResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code telegram login}. */
@Command(
    name = "login",
    description = {
      "Signs in with a phone number and keeps the sign-in in the session file.",
      "",
      "Asks for the code and the password without echo; without a terminal it reads them from"
          + " standard input, one line each. A sign-in that is over is replaced."
    })
final class LoginVerb extends Verb {
  private static final int TRIES = 3;

  @Option(
      names = "--phone",
      paramLabel = "P",
      required = true,
      description = "With the country code.")
  String phone = "";

  @Option(
      names = "--password-stdin",
      description = "Reads the two-step password from standard input.")
  boolean passwordStdin;

  @Option(names = "--code", paramLabel = "C", description = "With --dc only: the code.")
  @Nullable String code;

  @Option(
      names = "--password",
      paramLabel = "P",
      description = "With --dc only: the two-step password.")
  @Nullable String password;

  private final Secrets secrets = new Secrets();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (parent.dc == null && (code != null || password != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--code and --password are for the sandbox (--dc): other people on this machine can read"
              + " a process's arguments");
    }
    return super.call();
  }

  @Override
  void run(Account account, JsonLines out) throws IOException, InterruptedException {
    if (account.hasSignIn()) {
      startOverIfEnded(account);
    }
    Me me = signIn(signIn(account.client()), out);
    account.save();
    out.print(JsonLines.event("signed_in").with("user_id", me.id()));
  }

  /** Whatever ended the sign-in before, a new one can begin; one that works is left alone. */
  private void startOverIfEnded(Account account) throws IOException, InterruptedException {
    try {
      Me me = account.client().refreshMe();
      throw new FailedException(
          "already signed in as user "
              + me.id()
              + ": log out first, or name another --session-file");
    } catch (MtprotoException e) {
      if (!Failures.isSignInOver(e)) {
        throw e;
      }
      say("The previous sign-in is over. Signing in again.");
      account.startOver();
    }
  }

  /** A code that expires meanwhile, or a sign-in that Telegram restarts, needs another code. */
  private Me signIn(SignIn signIn, JsonLines out) throws IOException, InterruptedException {
    CodeRequest request = signIn.sendCode();
    for (int attempt = 1; ; attempt++) {
      try {
        return answer(signIn, request, out);
      } catch (RpcException e) {
        if (attempt == TRIES || !SignIn.needsNewCode(e)) {
          throw e;
        }
        say("The code has expired. Telegram is sending another one.");
        request = signIn.sendCode();
      }
    }
  }

  private Me answer(SignIn signIn, CodeRequest request, JsonLines out)
      throws IOException, InterruptedException {
    return switch (request) {
      case CodeRequest.SignedIn(Me known) -> known;
      case CodeRequest.PasswordNeeded(String hint) -> checkPassword(signIn, hint);
      case CodeRequest.PaymentRequired payment ->
          throw new FailedException(
              "Telegram charges for a code to this number, and only its own apps can pay:"
                  + " sign in there first");
      case CodeRequest.Sent sent -> {
        out.print(describe(sent));
        yield enterCode(signIn, sent);
      }
    };
  }

  private SignIn signIn(TelegramClient client) {
    try {
      return new SignIn(client, phone, List.of());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--phone: " + e.getMessage());
    }
  }

  private static JsonLines.Line describe(CodeRequest.Sent sent) {
    CodeDelivery delivery = sent.delivery();
    return JsonLines.event("code_sent")
        .with("type", snakeCase(delivery.getClass().getSimpleName()))
        .with("length", length(delivery))
        .with("next_type", sent.next() == null ? null : sent.next().name().toLowerCase(Locale.ROOT))
        .with("resend_after", sent.resendAfter() == null ? null : sent.resendAfter().toSeconds());
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static @Nullable Integer length(CodeDelivery delivery) {
    return switch (delivery) {
      case CodeDelivery.App app -> app.length();
      case CodeDelivery.Sms sms -> sms.length();
      case CodeDelivery.Call call -> call.length();
      case CodeDelivery.MissedCall call -> call.length();
      case CodeDelivery.Email email -> email.length();
      case CodeDelivery.Fragment fragment -> fragment.length();
      case CodeDelivery.FlashCall call -> null;
      case CodeDelivery.EmailSetUpRequired setUp -> null;
      case CodeDelivery.OfficialAppsOnly official -> null;
      case CodeDelivery.SmsWord word -> null;
      case CodeDelivery.SmsPhrase phrase -> null;
    };
  }

  private Me enterCode(SignIn signIn, CodeRequest.Sent sent)
      throws IOException, InterruptedException {
    switch (sent.delivery()) {
      case CodeDelivery.OfficialAppsOnly none ->
          throw new FailedException(
              "Telegram sends codes for this number to its own apps only: sign in to one of them"
                  + " first, then the code comes there");
      case CodeDelivery.EmailSetUpRequired none ->
          throw new FailedException(
              "this account needs an e-mail address first: add one in a Telegram app");
      default -> {}
    }
    for (int attempt = 1; ; attempt++) {
      try {
        String entered = code == null ? secrets.ask("Code") : code;
        return switch (signIn.signIn(entered.strip())) {
          case SignInResult.SignedIn(Me me) -> me;
          case SignInResult.PasswordNeeded(String hint) -> checkPassword(signIn, hint);
          case SignInResult.NoSuchAccount() ->
              throw new FailedException(
                  "there is no Telegram account with this number: create one in a Telegram app");
        };
      } catch (RpcException e) {
        if (attempt == TRIES || !mayTryAgain(e, code)) {
          throw e;
        }
        say("That code is wrong. Try again.");
      }
    }
  }

  private Me checkPassword(SignIn signIn, @Nullable String hint)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return signIn.checkPassword(enteredPassword(hint));
      } catch (RpcException e) {
        if (attempt == TRIES || passwordStdin || !mayTryAgain(e, password)) {
          throw e;
        }
        say("That password is wrong. Try again.");
      }
    }
  }

  private String enteredPassword(@Nullable String hint) throws IOException {
    if (password != null) {
      return password;
    }
    if (passwordStdin) {
      return secrets.line();
    }
    return secrets.ask(hint == null ? "Two-step password" : "Two-step password (" + hint + ")");
  }

  private boolean mayTryAgain(RpcException e, @Nullable String given) {
    return given == null
        && secrets.interactive()
        && (e.is("PHONE_CODE_INVALID") || e.is("PASSWORD_HASH_INVALID"));
  }

  private void say(String words) {
    spec.commandLine().getErr().println(words);
    spec.commandLine().getErr().flush();
  }
}
