package dev.jobradar.telegram;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.content.Entities;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.method.Contacts;
import dev.jobradar.tl.api.method.Messages;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Operations on channels and on the account's own Saved Messages.
 *
 * <p>Thread-safe.
 */
public final class Channels {
  /** core.telegram.org/api/errors and messages.sendMessage: the longest text of a message. */
  public static final int MAX_TEXT = 4096;

  private static final String RESOLVE = "contacts.resolveUsername";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,31}");

  private final TelegramClient client;
  private final NameCache names = new NameCache();

  Channels(TelegramClient client) {
    this.client = client;
  }

  /**
   * Finds the channel of a public name.
   *
   * <p>{@code contacts.resolveUsername} is the method that Telegram limits most. So an answer is
   * cached for a day, or for a minute if no channel has the name; a FLOOD_WAIT is thrown again
   * without a call until it is over. A cached channel is read each time, and must still have the
   * name.
   *
   * @param name with or without {@code @}; case does not matter
   * @throws IllegalArgumentException when this cannot be a public name
   * @throws NoSuchNameException when there is no channel of that name
   * @throws RpcException {@code CHANNEL_PRIVATE} when the account may not see the channel
   * @throws ProtocolException when Telegram names a channel and does not say how to reach it
   */
  public Channel resolve(String name) throws InterruptedException {
    String plain = plainName(name);
    NameCache.Entry known = names.get(plain, System.nanoTime());
    if (known != null) {
      return switch (known) {
        case NameCache.Found found -> again(plain, found.peer());
        case NameCache.Missing missing -> throw missing.toException(plain);
        case NameCache.Flooded flooded -> throw flooded.again(System.nanoTime());
      };
    }
    try {
      ResolvedPeer answer = client.read(Contacts.ResolveUsername.builder().username(plain).build());
      ChannelPeer peer = peerIn(answer);
      if (peer == null) {
        throw names.missing(plain, true, System.nanoTime()).toException(plain);
      }
      names.found(plain, peer, System.nanoTime());
      return full(peer);
    } catch (RpcException.FloodWait wait) {
      names.flooded(wait, System.nanoTime());
      throw wait;
    } catch (RpcException e) {
      if (e.is("USERNAME_NOT_OCCUPIED") || e.is("USERNAME_INVALID")) {
        throw names.missing(plain, false, System.nanoTime()).toException(plain);
      }
      throw e;
    }
  }

  /**
   * Reads the channel that is cached for a name. If it cannot be read or no longer has the name,
   * the name is resolved again: it may belong to another channel now.
   */
  private Channel again(String name, ChannelPeer peer) throws InterruptedException {
    try {
      Channel known = full(peer);
      if (known.hasName(name)) {
        return known;
      }
    } catch (RpcException e) {
      if (!e.is("CHANNEL_INVALID")) {
        throw e;
      }
    }
    names.forget(name, peer);
    return resolve(name);
  }

  /** Telegram said that a channel has changed. */
  void changed(Channel channel) {
    names.changed(channel);
  }

  /** The name as Telegram has it: without {@code @}, in lower case. */
  private static String plainName(String name) {
    String plain = name.startsWith("@") ? name.substring(1) : name;
    if (!NAME.matcher(plain).matches()) {
      throw new IllegalArgumentException(
          "a public name has 3 to 32 Latin letters, digits and underscores, and begins with a"
              + " letter");
    }
    return plain.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads title, kind, members and whether this account has joined.
   *
   * @throws RpcException {@code CHANNEL_PRIVATE} or {@code CHANNEL_INVALID} when the account may
   *     not see it
   */
  public Channel full(ChannelPeer peer) throws InterruptedException {
    ChatFull answer =
        client.read(new dev.jobradar.tl.api.method.Channels.GetFullChannel(peer.asChannel()));
    int members = -1;
    if (answer.fullChat() instanceof ChannelFull full && full.participantsCount() != null) {
      members = full.participantsCount();
    }
    for (TypeChat chat : answer.chats()) {
      if (chat instanceof dev.jobradar.tl.api.Channel channel && channel.id() == peer.id()) {
        return Channel.of(channel, peer, members);
      }
    }
    throw new ProtocolException("channels.getFullChannel did not tell of the channel");
  }

  /**
   * The channel that a name was resolved to; null when it is none.
   *
   * @throws RpcException {@code CHANNEL_PRIVATE} when the account may not see it
   * @throws ProtocolException when the answer does not say how to reach it
   */
  static @Nullable ChannelPeer peerIn(ResolvedPeer answer) {
    if (!(answer.peer() instanceof PeerChannel named)) {
      return null;
    }
    for (TypeChat chat : answer.chats()) {
      switch (chat) {
        // Others may come along with it, such as the group of its comments.
        case dev.jobradar.tl.api.Channel channel when channel.id() == named.channelId() -> {
          return new ChannelPeer(channel.id(), accessHash(channel));
        }
        case ChannelForbidden closed when closed.id() == named.channelId() ->
            throw RpcException.of(400, "CHANNEL_PRIVATE", RESOLVE);
        default -> {}
      }
    }
    throw new ProtocolException(RESOLVE + " did not tell of the channel");
  }

  private static long accessHash(dev.jobradar.tl.api.Channel channel) {
    Long hash = channel.accessHash();
    if (hash == null || channel.min()) {
      throw new ProtocolException("a resolved channel without an access hash");
    }
    return hash;
  }

  /** Joins a channel; joining twice does no harm. */
  public void join(ChannelPeer peer) throws InterruptedException {
    client.read(new dev.jobradar.tl.api.method.Channels.JoinChannel(peer.asChannel()));
  }

  /** Leaves a channel. */
  public void leave(ChannelPeer peer) throws InterruptedException {
    try {
      client.read(new dev.jobradar.tl.api.method.Channels.LeaveChannel(peer.asChannel()));
    } catch (RpcException e) {
      if (!e.is("USER_NOT_PARTICIPANT")) {
        throw e;
      }
    }
  }

  /**
   * Reads a page of a channel's history, newest first. A message that cannot be read makes the page
   * shorter, and is passed over when it is the first of it.
   */
  public HistoryPage history(ChannelPeer peer, HistoryQuery query) throws InterruptedException {
    return new HistoryReader(client::read, peer).page(query);
  }

  /**
   * Reads all of a rich message of which only the beginning came ({@link MessageContent#partial}).
   *
   * @return null when there is no such message any more
   */
  public @Nullable Post wholePost(ChannelPeer peer, int id) throws InterruptedException {
    for (TypeMessage message :
        HistoryReader.messagesOf(client.read(new Messages.GetRichMessage(peer.asPeer(), id)))) {
      if (message instanceof Message whole && whole.id() == id) {
        return Post.of(whole);
      }
    }
    return null;
  }

  /**
   * Sends a text to the account's own Saved Messages.
   *
   * @param randomId chosen by the caller and stored with the text: a repeated call with the same
   *     one sends nothing, for as long as Telegram remembers it
   * @throws IllegalArgumentException when the text is empty or longer than {@link #MAX_TEXT}
   */
  public SentMessage sendToSelf(String text, long randomId) throws InterruptedException {
    return sendToSelf(MessageContent.of(text), randomId);
  }

  /** As {@link #sendToSelf(String, long)}, with links and styles. */
  public SentMessage sendToSelf(MessageContent content, long randomId) throws InterruptedException {
    return send(new InputPeerSelf(), content, randomId);
  }

  /** As {@link #sendToSelf(String, long)}, to a channel or group where the account may write. */
  public SentMessage send(ChannelPeer to, String text, long randomId) throws InterruptedException {
    return send(to, MessageContent.of(text), randomId);
  }

  /** As {@link #send(ChannelPeer, String, long)}, with links and styles. */
  public SentMessage send(ChannelPeer to, MessageContent content, long randomId)
      throws InterruptedException {
    return send(to.asPeer(), content, randomId);
  }

  private SentMessage send(TypeInputPeer to, MessageContent content, long randomId)
      throws InterruptedException {
    String text = content.text();
    List<TypeMessageEntity> entities = Entities.write(content.entities());
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "a text has 1 to " + MAX_TEXT + " characters, got " + text.length());
    }
    try {
      TypeUpdates answer =
          client.invoke(
              Messages.SendMessage.builder()
                  .peer(to)
                  .message(text)
                  .entities(entities.isEmpty() ? null : entities)
                  .noWebpage(true)
                  .randomId(randomId)
                  .build(),
              CallOptions.REPEATABLE.within(client.options().callTimeout()));
      return new SentMessage(idIn(answer, randomId), false);
    } catch (RpcException e) {
      if (e.is("RANDOM_ID_DUPLICATE")) {
        return new SentMessage(0, true);
      }
      throw e;
    }
  }

  private static int idIn(TypeUpdates answer, long randomId) {
    if (answer instanceof UpdateShortSentMessage sent) {
      return sent.id();
    }
    if (answer instanceof Updates updates) {
      for (TypeUpdate update : updates.updates()) {
        if (update instanceof UpdateMessageID named && named.randomId() == randomId) {
          return named.id();
        }
      }
    }
    return 0;
  }

  /** The cached channel of a name, without a call to Telegram. */
  public @Nullable ChannelPeer remembered(String name) {
    return names.get(plainName(name), System.nanoTime()) instanceof NameCache.Found found
        ? found.peer()
        : null;
  }
}
