package dev.jobradar.clients;

/** {@link UserClients} is closed: nothing is opened any more. */
public final class UserClientsClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UserClientsClosedException() {
    super("the users' clients are closed");
  }
}
