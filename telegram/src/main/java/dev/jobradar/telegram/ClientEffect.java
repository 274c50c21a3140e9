package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.telegram.ClientState.Identity;

/** What a client does when its state changes. */
sealed interface ClientEffect {
  /** Open a connection of that number to where the client belongs. */
  record Connect(int line, Identity who) implements ClientEffect {}

  /**
   * Begin a move, which ends with a connection of that number.
   *
   * @param who who moves, from where
   * @param failedBefore how many moves in a row led nowhere before this one
   */
  record SetOut(int line, Identity who, RpcException.Migrate to, int failedBefore)
      implements ClientEffect {}

  /** Stop updates and close the connection, if it is not closed yet. */
  record Finish(MtprotoException why) implements ClientEffect {}

  /** What the listener is told, one after the other. */
  sealed interface Telling extends ClientEffect {}

  /** The client is connected. */
  record TellReady() implements Telling {}

  /** The connection is lost; there will be another. */
  record TellLost(MtprotoException cause) implements Telling {}

  /** The client can never work again. */
  record TellEnded(MtprotoException why) implements Telling {}

  /** The client is closed, as its owner wanted. */
  record TellClosed() implements Telling {}
}
