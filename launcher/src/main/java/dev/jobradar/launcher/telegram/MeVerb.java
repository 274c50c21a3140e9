package dev.jobradar.launcher.telegram;

import picocli.CommandLine.Command;

/** {@code telegram me}. */
@Command(name = "me", description = "Shows who is signed in.")
final class MeVerb extends Verb {
  @Override
  void run(Account account, JsonLines out) throws InterruptedException {
    out.print(JsonLines.of(account.signedIn().me()));
  }
}
