package dev.jobradar.clients.example;

import dev.jobradar.clients.Answer;
import dev.jobradar.clients.Connector;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.TelegramOptions;
import java.util.List;

/** Says hello to each user in their own Saved Messages. */
final class ManyAccounts {
  static void run(TelegramOptions telegram, SessionStore store, List<UserId> users)
      throws InterruptedException {
    try (UserClients clients = new UserClients(store, Connector.of(telegram))) {
      clients.bringUp(users);
      for (UserId user : users) {
        System.out.println(user + ": " + hello(clients.get(user), user));
      }
    }
  }

  private static String hello(Answer answer, UserId user) throws InterruptedException {
    return switch (answer) {
      case Answer.Connected(var client) -> {
        client.channels().sendToSelf("Hello", user.value());
        yield "said hello";
      }
      case Answer.NoSession() -> "has not signed in";
      case Answer.SessionEnded(var end) -> "must sign in again: " + end.reason();
      case Answer.Unreachable(var cause, var nextTry) -> "not before " + nextTry + ": " + cause;
    };
  }
}
