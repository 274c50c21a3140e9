package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.NoSuchNameException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the verbs have in common: an account, answers, and failures in words. */
abstract class Verb implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @ParentCommand TelegramCommand parent = new TelegramCommand();

  abstract void run(Account account, JsonLines out) throws IOException, InterruptedException;

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandLine line = spec.commandLine();
    try (Account account = parent.open()) {
      run(account, new JsonLines(line.getOut()));
      return CommandLine.ExitCode.OK;
    } catch (FailedException | MtprotoException | NoSuchNameException e) {
      line.getErr().println(spec.qualifiedName() + ": " + Failures.words(e));
      line.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
