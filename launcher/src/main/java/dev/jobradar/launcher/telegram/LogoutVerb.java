package dev.jobradar.launcher.telegram;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code telegram logout}. */
@Command(name = "logout", description = "Ends the sign-in at Telegram and forgets it.")
final class LogoutVerb extends Verb {
  @Override
  void run(Account account, JsonLines out) throws IOException, InterruptedException {
    account.signedIn().logOut();
    account.file().delete();
    out.print(JsonLines.event("logged_out"));
  }
}
