package dev.jobradar.launcher.telegram;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code telegram resolve NAME}. */
@Command(name = "resolve", description = "Shows the channel with a public name.")
final class ResolveVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "With or without @.")
  String name = "";

  @Override
  void run(Account account, JsonLines out) throws InterruptedException {
    out.print(JsonLines.of(account.signedIn().channels().resolve(Names.plain(name))));
  }
}
