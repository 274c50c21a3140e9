package dev.jobradar.launcher.telegram;

import dev.jobradar.telegram.Channels;
import dev.jobradar.telegram.SentMessage;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code telegram send TEXT}. */
@Command(name = "send", description = "Sends a text to the account's Saved Messages.")
final class SendVerb extends Verb {
  @Parameters(paramLabel = "TEXT", description = "1 to 4,096 characters.")
  String text = "";

  @Override
  void run(Account account, JsonLines out) throws InterruptedException {
    if (text.isBlank() || text.length() > Channels.MAX_TEXT) {
      throw new FailedException("a text has 1 to " + Channels.MAX_TEXT + " characters");
    }
    SentMessage sent =
        account.signedIn().channels().sendToSelf(text, new SecureRandom().nextLong());
    out.print(JsonLines.event("sent").with("id", sent.messageId() == 0 ? null : sent.messageId()));
  }
}
