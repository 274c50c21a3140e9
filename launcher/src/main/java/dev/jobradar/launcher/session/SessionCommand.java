package dev.jobradar.launcher.session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar session}: verbs about session strings, none of which goes to Telegram. */
@Command(
    name = "session",
    description = {
      "Reads session strings of Telethon, Pyrogram, GramJS and mtcute.",
      "",
      "The string, or the whole session file of \"jobradar telegram\", is read from standard input."
          + " Whoever has it has the account, and arguments can be seen by others on the same"
          + " machine."
    },
    synopsisSubcommandLabel = "VERB",
    subcommands = {ShowVerb.class, ConvertVerb.class})
public final class SessionCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which verb?");
  }
}
