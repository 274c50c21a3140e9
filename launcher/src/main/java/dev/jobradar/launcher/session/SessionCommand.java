package dev.jobradar.launcher.session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobradar session}: commands about session strings; none connects to Telegram. */
@Command(
    name = "session",
    description = {
      "Reads session strings of Telethon, Pyrogram, GramJS and mtcute.",
      "",
      "Reads the string, or a whole session file of \"jobradar telegram\", from standard input: who"
          + " has the string has the account, and other users of this machine can see arguments."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ShowVerb.class, ConvertVerb.class})
public final class SessionCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing subcommand");
  }
}
