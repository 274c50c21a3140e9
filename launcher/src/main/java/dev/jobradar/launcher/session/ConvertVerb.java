package dev.jobradar.launcher.session;

import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SessionFormat;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.session.SignedInUser;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code session convert}. */
@Command(
    name = "convert",
    description = {
      "Writes the same sign-in in another client's form.",
      "",
      "It stays one sign-in: if the program that the string came from still runs, Telegram ends "
          + "the session for both."
    })
final class ConvertVerb extends Verb {
  /** GramJS reads its port as a signed number of 16 bits. */
  private static final int GRAMJS_MAX_PORT = Short.MAX_VALUE;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "mtcute",
      converter = Words.Format.class,
      completionCandidates = Words.Formats.class,
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless said otherwise.")
  SessionFormat to = SessionFormat.MTCUTE;

  @Option(
      names = "--user-id",
      paramLabel = "ID",
      description =
          "Whose sign-in it is; Pyrogram's forms need it, Telethon's and GramJS's lack it.")
  @Nullable Long userId;

  @Option(names = "--bot", description = "With --user-id: it is a bot's.")
  boolean bot;

  @Option(
      names = "--api-id",
      paramLabel = "ID",
      description = "The application that signed in; Pyrogram's newest form needs it.")
  @Nullable Integer apiId;

  @Option(
      names = "--test",
      description =
          "It belongs to Telegram's test servers; Telethon's and GramJS's forms do not say so.")
  boolean test;

  @Option(
      names = "--address",
      paramLabel = "IP:PORT",
      converter = Words.Address.class,
      description = "Where the other client is to connect, instead of Telegram's own address.")
  @Nullable InetSocketAddress address;

  @Override
  void run(SessionString string, PrintWriter out, PrintWriter err) {
    SavedSession session = withOptions(string.session());
    String written =
        address == null
            ? SessionString.write(session, to)
            : SessionString.write(session, to, address);
    err.println(
        "Stop the program that this string came from: two programs with one sign-in end it for"
            + " both. Whoever has the new string has the account.");
    if (session.test() && (to == SessionFormat.TELETHON || to == SessionFormat.GRAMJS)) {
      err.println("This form does not say that the account is on Telegram's test servers.");
    }
    if (to == SessionFormat.GRAMJS && address != null && address.getPort() > GRAMJS_MAX_PORT) {
      err.println("GramJS cannot read ports above " + GRAMJS_MAX_PORT + ".");
    }
    out.println(written);
  }

  private SavedSession withOptions(SavedSession read) {
    SavedSession session = test ? read.withTest(true) : read;
    if (apiId != null) {
      if (apiId < 1) {
        throw usage("--api-id is 1 or more");
      }
      session = session.withApiId(apiId);
    }
    if (userId != null) {
      if (userId < 1 || userId > SignedInUser.MAX_ID) {
        throw usage("--user-id is 1 to " + SignedInUser.MAX_ID);
      }
      session = session.withUser(new SignedInUser(userId, bot));
    } else if (bot) {
      throw usage("--bot needs --user-id");
    }
    return session;
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
