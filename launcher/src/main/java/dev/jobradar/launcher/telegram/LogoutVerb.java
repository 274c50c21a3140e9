package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.MtprotoException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code telegram logout}. */
@Command(
    name = "logout",
    description = {
      "Ends the sign-in at Telegram and deletes the session file.",
      "",
      "A sign-in that is over already is deleted too. When Telegram cannot be reached the file"
          + " stays."
    })
final class LogoutVerb extends Verb {
  @Override
  void run(Account account, JsonLines out) throws IOException, InterruptedException {
    if (account.hasSignIn()) {
      try {
        account.client().logOut();
      } catch (MtprotoException e) {
        if (!Failures.isSignInOver(e)) {
          throw e;
        }
      }
    }
    account.file().delete();
    out.print(JsonLines.event("logged_out"));
  }
}
