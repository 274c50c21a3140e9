package dev.jobradar.launcher.telegram;

import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.HistoryPage;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Post;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code telegram history NAME}. */
@Command(
    name = "history",
    description = "Prints the posts of a channel, newest first, one line each.")
final class HistoryVerb extends Verb {
  @Parameters(paramLabel = "NAME", description = "With or without @.")
  String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Maximum number of posts (default: ${DEFAULT-VALUE}).")
  int limit = 100;

  @Override
  void run(Account account, JsonLines out) throws InterruptedException {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is 1 or more, got " + limit);
    }
    String plain = Names.plain(name);
    Channel channel = account.signedIn().channels().resolve(plain);
    int left = limit;
    int before = 0;
    do {
      HistoryQuery query = HistoryQuery.before(before).limit(Math.min(left, HistoryQuery.PAGE));
      HistoryPage page = account.client().channels().history(channel.peer(), query);
      for (Post post : page.posts()) {
        out.print(JsonLines.of(post, plain));
      }
      left -= page.posts().size();
      before = page.next();
    } while (left > 0 && before > 0);
  }
}
