package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.telegram.content.MessageContent;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the service does with users' Telegram accounts, each through the user's one connection.
 *
 * <p>Thread-safe. Calls block: each waits for a connection and for Telegram's answer, 30 seconds at
 * most, and never for another user. An interrupt ends the caller's wait and nothing else. What goes
 * wrong is an {@link AccountException} that says which of the few things it is. A FLOOD_WAIT is
 * obeyed here: until it is over, the same call fails with {@link AccountException.FloodWait}
 * without asking Telegram.
 */
public interface Accounts {
  /**
   * Sends a message to the user's Saved Messages.
   *
   * @param content 1 to 4,096 characters; its links and styles are sent with it
   * @param randomId chosen and stored by the caller: a repeated call with the same one sends no
   *     second message
   */
  Sent sendToSelf(UserId user, MessageContent content, long randomId) throws InterruptedException;

  /** As {@link #sendToSelf}, to a channel where the account may write. */
  Sent sendToChannel(UserId user, ChannelRef channel, MessageContent content, long randomId)
      throws InterruptedException;

  /**
   * Finds the channel of a public name. This is the method that Telegram guards most: what it
   * answers is to be stored, and asked for again only when the name is entered again.
   *
   * @param name 3 to 32 Latin letters, digits and underscores
   * @throws AccountException.NoSuchName when there is no channel of that name
   */
  SourceChannel resolve(UserId user, String name) throws InterruptedException;

  /** Reads again what is known of a channel: title, members, whether the user has joined it. */
  SourceChannel describe(UserId user, ChannelRef channel) throws InterruptedException;

  /** Reads a page of a channel's history, newest first. */
  PostPage history(UserId user, ChannelRef channel, PageQuery query) throws InterruptedException;

  /**
   * Reads all of a post of which only the beginning came ({@link MessageContent#partial}).
   *
   * @return empty when there is no such post any more
   */
  Optional<ReceivedPost> wholePost(UserId user, ChannelRef channel, int id)
      throws InterruptedException;

  /** Asks Telegram for the user's name and @username. */
  Profile profile(UserId user) throws InterruptedException;

  /**
   * Says which channels of the user are watched from now on, and from where. What was watched and
   * is not named any more is watched no longer. Returns at once: connecting and catching up happen
   * meanwhile, and what comes is told to {@link AccountEvents}. It holds over lost connections
   * until it is said anew; nothing is watched after a restart of the service until it is said
   * again.
   */
  void watch(UserId user, WatchList channels);

  /**
   * Begins to connect a user who is signed in and not connected, and returns at once; {@link
   * AccountConnected} says when it works.
   */
  void connect(UserId user);

  /** What is known of the user's connection at this moment; does not connect. */
  AccountState state(UserId user);

  /** The number of the data centre that the user's open connection goes to, if there is one. */
  default OptionalInt dataCentre(UserId user) {
    return OptionalInt.empty();
  }

  /**
   * Closes the user's connection if there is one, and watches nothing any more. The Telegram
   * session stays good. Returns when it is closed.
   */
  void close(UserId user) throws InterruptedException;

  /**
   * Ends the session at Telegram ({@code auth.logOut}), closes the connection and has the stored
   * session forgotten.
   *
   * @return whether it is over; false when Telegram could not be told: then the session is still
   *     stored, may still be valid, and this is to be tried again
   */
  boolean logOut(UserId user) throws InterruptedException;
}
