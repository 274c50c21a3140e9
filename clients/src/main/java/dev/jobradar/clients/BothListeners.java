package dev.jobradar.clients;

import java.time.Duration;

/** Passes everything on to two listeners. */
record BothListeners(UserClientsListener first, UserClientsListener second)
    implements UserClientsListener {
  @Override
  public void connected(UserId user, Duration took) {
    first.connected(user, took);
    second.connected(user, took);
  }

  @Override
  public void reconnected(UserId user, Duration took) {
    first.reconnected(user, took);
    second.reconnected(user, took);
  }

  @Override
  public void failed(UserId user, Exception cause) {
    first.failed(user, cause);
    second.failed(user, cause);
  }

  @Override
  public void sessionEnded(UserId user, SessionEnd end) {
    first.sessionEnded(user, end);
    second.sessionEnded(user, end);
  }

  @Override
  public void closed(UserId user, CloseReason why) {
    first.closed(user, why);
    second.closed(user, why);
  }

  @Override
  public void overdue(UserId user) {
    first.overdue(user);
    second.overdue(user);
  }

  @Override
  public void oldSessionRemains(UserId user) {
    first.oldSessionRemains(user);
    second.oldSessionRemains(user);
  }

  @Override
  public void waited(UserId user, Outcome outcome, Duration wait) {
    first.waited(user, outcome, wait);
    second.waited(user, outcome, wait);
  }
}
