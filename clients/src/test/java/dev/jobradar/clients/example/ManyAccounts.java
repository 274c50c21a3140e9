package dev.jobradar.clients.example;

import dev.jobradar.clients.ClientResult;
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
      clients.connectAll(users);
      for (UserId user : users) {
        System.out.println(user + ": " + hello(clients.get(user), user));
      }
    }
  }

  private static String hello(ClientResult result, UserId user) throws InterruptedException {
    return switch (result) {
      case ClientResult.Connected(var client) -> {
        client.channels().sendToSelf("Hello", user.value());
        yield "said hello";
      }
      case ClientResult.NoSession() -> "has not signed in";
      case ClientResult.SessionEnded(var end) -> "must sign in again: " + end.reason();
      case ClientResult.Unreachable(var cause, var nextTry) ->
          "not before " + nextTry + ": " + cause;
    };
  }
}
