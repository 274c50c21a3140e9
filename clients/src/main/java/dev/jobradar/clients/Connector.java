package dev.jobradar.clients;

import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SavedSession;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes clients: with which application, through which proxy. Thread-safe. */
@FunctionalInterface
public interface Connector {
  /**
   * Makes a client and does not open it.
   *
   * @param user whose it will be, null for somebody who is signing in
   * @param session the sign-in, null for one that is to be made
   * @param listener what the client is to tell
   * @param paced to be applied to the client's dialer, so that it waits its turn
   */
  TelegramClient make(
      @Nullable UserId user,
      @Nullable SavedSession session,
      ClientListener listener,
      UnaryOperator<Dialer> paced);

  /** With the same options for everybody. */
  static Connector of(TelegramOptions options) {
    return (user, session, listener, paced) ->
        new TelegramClient(options.withDialer(paced.apply(options.dialer())), session, listener);
  }
}
