package dev.jobradar.launcher.telegram;

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
      "Code and password are asked for without showing them; without a terminal they are read from "
          + "standard input, a line each."
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
    if (account.client().isSignedIn()) {
      throw new FailedException("signed in already; log out first, or use another session file");
    }
    SignIn signIn = signIn(account.client());
    Me me =
        switch (signIn.sendCode()) {
          case CodeRequest.SignedIn(Me known) -> known;
          case CodeRequest.PasswordNeeded(String hint) -> checkPassword(signIn, hint);
          case CodeRequest.PaymentRequired payment ->
              throw new FailedException(
                  "Telegram wants money for a code to this number; only its own apps can pay");
          case CodeRequest.Sent sent -> {
            out.print(describe(sent));
            yield enterCode(signIn, sent);
          }
        };
    account.save();
    out.print(JsonLines.event("signed_in").with("user_id", me.id()));
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
              "Telegram sends codes to this number in a way that works in its own apps only");
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
                  "there is no Telegram account with this number; make one in a Telegram app");
        };
      } catch (RpcException e) {
        if (attempt == TRIES || !mayTryAgain(e, code)) {
          throw e;
        }
        say("That code is wrong. Once more:");
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
        say("That password is wrong. Once more:");
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
