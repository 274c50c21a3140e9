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
   * @param user its user, null during a sign-in
   * @param session the stored sign-in, null for a new one
   * @param listener receives the client's events
   * @param paced apply it to the client's dialer, so that it waits for its turn
   */
  TelegramClient make(
      @Nullable UserId user,
      @Nullable SavedSession session,
      ClientListener listener,
      UnaryOperator<Dialer> paced);

  /** With the same options for all users. */
  static Connector of(TelegramOptions options) {
    return (user, session, listener, paced) ->
        new TelegramClient(options.withDialer(paced.apply(options.dialer())), session, listener);
  }
}
