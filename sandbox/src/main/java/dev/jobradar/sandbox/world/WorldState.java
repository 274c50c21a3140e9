package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.WebPage;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The state of the world and what each change does to it. It decides nothing and notifies no one: a
 * change that gets here is valid. Guarded by the world's lock.
 */
final class WorldState {

  /** Above 32 bits, as the ids of new accounts at Telegram are. */
  private static final long FIRST_USER_ID = 5_100_000_001L;

  private static final long FIRST_CHANNEL_ID = 1_700_000_001L;

  final Map<UserId, AccountState> accounts = new HashMap<>();
  final Map<String, AccountState> phones = new HashMap<>();
  final Map<String, Peer> usernames = new HashMap<>();
  final Map<ChannelId, ChannelState> channels = new LinkedHashMap<>();
  final Map<KeyId, StoredKey> keys = new HashMap<>();
  final Map<KeyId, Authorization> authorizations = new HashMap<>();
  final Map<KeyId, Change.Revoked> revoked = new HashMap<>();
  final Map<Device, Device> devices = new HashMap<>();
  final Map<String, UserId> tokens = new HashMap<>();

  /** The link previews of posts, by address. */
  final Map<String, WebPage> webPages = new HashMap<>();

  long nextUserId = FIRST_USER_ID;
  long nextChannelId = FIRST_CHANNEL_ID;
  long messages;

  /** No temporary key expires before this, unix seconds. */
  int nextExpiry = Integer.MAX_VALUE;

  private final int channelLog;

  WorldState(int channelLog) {
    this.channelLog = channelLog;
  }

  void apply(Change change) {
    switch (change) {
      case Change.WorldMade made -> {
        // The world keeps its secret itself.
      }
      case Change.ChannelMade made -> {
        ChannelState channel = new ChannelState(made, channelLog);
        channels.put(made.id(), channel);
        if (made.username() != null) {
          usernames.put(folded(made.username()), made.id());
        }
        nextChannelId = Math.max(nextChannelId, made.id().value() + 1);
      }
      case Change.ChannelRenamed(var id, var names) -> {
        ChannelState channel = channel(id);
        channel.names().forEach(old -> usernames.remove(folded(old.name()), id));
        channel.rename(names);
        names.stream()
            .filter(PublicName::active)
            .forEach(name -> usernames.put(folded(name.name()), id));
        channel.members.forEach(member -> member.seq++);
      }
      case Change.Posted posted -> {
        channel(posted.channel()).apply(posted);
        notePage(posted.post());
        messages++;
        Update.Sender sender = posted.sender();
        if (sender != null) {
          account(sender.user())
              .box()
              .rememberSent(
                  sender.randomId(),
                  posted.channel(),
                  posted.post().id(),
                  channel(posted.channel()).pts());
        }
      }
      case Change.ChannelSet set -> {
        channel(set.channel()).apply(set);
        channel(set.channel()).members.forEach(member -> member.seq++);
      }
      case Change.PostEdited edited -> {
        channel(edited.channel()).apply(edited);
        notePage(edited.post());
      }
      case Change.WebPageCame came -> {
        channel(came.channel()).apply(came);
        notePage(came.post());
      }
      case Change.PostSeen seen -> channel(seen.channel()).apply(seen);
      case Change.PostsDeleted deleted -> {
        channel(deleted.channel()).apply(deleted);
        messages -= deleted.ids().size();
      }
      case Change.ChannelPtsSet(var channel, int pts) -> channel(channel).setPts(pts);
      case Change.PtsSet(var user, int pts) -> account(user).box().setPts(pts);
      case Change.AccountMade made -> apply(made);
      case Change.Renamed renamed -> apply(renamed);
      case Change.Moved(var user, int dc) -> account(user).move(dc);
      case Change.Joined joined -> {
        AccountState account = account(joined.user());
        ChannelState channel = channel(joined.channel());
        account.seq++;
        account.memberships.add(new Membership(channel, joined.date()));
        channel.members.add(account);
      }
      case Change.Left left -> {
        AccountState account = account(left.user());
        ChannelState channel = channel(left.channel());
        account.seq++;
        account.memberships.removeIf(membership -> membership.channel == channel);
        channel.members.remove(account);
      }
      case Change.ChannelRead read -> {
        Membership membership = account(read.user()).in(channel(read.channel()));
        if (membership != null) {
          membership.readMaxId = read.maxId();
        }
      }
      case Change.Sent sent -> apply(sent);
      case Change.MessagesRead read -> apply(read);
      case Change.KeyMade made -> {
        byte[] secret = Base64.getDecoder().decode(made.secret());
        keys.put(made.key(), new StoredKey(made.key(), made.dc(), secret, made.expiresAt()));
        if (made.expiresAt() != 0) {
          nextExpiry = Math.min(nextExpiry, made.expiresAt());
        }
      }
      case Change.KeyDestroyed(var key) -> {
        keys.remove(key);
        revoked.remove(key);
        forget(key);
      }
      case Change.KeyBound(var temporary, var permanent) ->
          keys.computeIfPresent(temporary, (key, known) -> known.boundTo(permanent));
      case Change.SignedIn(var authorization) -> {
        revoked.remove(authorization.key());
        authorizations.put(authorization.key(), withDevice(authorization, authorization.device()));
        AccountState account = account(authorization.user());
        account.keys.add(authorization.key());
        account.seq++;
      }
      case Change.SignedOut(var key) -> forget(key);
      case Change.Revoked refusal -> {
        forget(refusal.key());
        revoked.put(refusal.key(), refusal);
      }
      case Change.DeviceSeen(var key, var device) ->
          authorizations.computeIfPresent(key, (k, known) -> withDevice(known, device));
      case Change.TokenIssued(var user, var token) -> tokens.put(token, user);
      case Change.TokenUsed(var token) -> tokens.remove(token);
    }
  }

  private void notePage(Post post) {
    if (post.extras() != null
        && post.shape().media() instanceof MessageMediaWebPage media
        && media.webpage() instanceof WebPage page) {
      webPages.put(page.url(), page);
    }
  }

  private void apply(Change.AccountMade made) {
    User user = made.user();
    AccountState account = new AccountState(user);
    accounts.put(user.id(), account);
    phones.put(user.phone(), account);
    if (user.username() != null) {
      usernames.put(folded(user.username()), user.id());
    }
    nextUserId = Math.max(nextUserId, user.id().value() + 1);
    for (ChannelState channel : channels.values()) {
      if (channel.joinedByNew && !user.id().equals(User.SERVICE)) {
        account.memberships.add(new Membership(channel, user.createdAt()));
        channel.members.add(account);
      }
    }
  }

  private void apply(Change.Renamed renamed) {
    AccountState account = account(renamed.user());
    if (account.user().username() != null) {
      usernames.remove(folded(account.user().username()));
    }
    account.rename(renamed);
    account.seq++;
    if (renamed.username() != null) {
      usernames.put(folded(renamed.username()), renamed.user());
    }
  }

  private void apply(Change.Sent sent) {
    AccountState sender = account(sent.from());
    boolean self = sent.from().equals(sent.to());
    // Telegram leaves `out` unset in Saved Messages.
    Message own =
        new Message(sent.fromId(), sent.to(), !self, sent.date(), 0, sent.text(), sent.entities());
    MessageBox box = sender.box();
    box.add(own, sent.randomId());
    box.rememberSent(sent.randomId(), sent.to(), sent.fromId(), box.pts());
    messages++;
    if (!self) {
      account(sent.to())
          .box()
          .add(
              new Message(
                  sent.toId(), sent.from(), false, sent.date(), 0, own.text(), own.entities()),
              0);
    }
  }

  private void apply(Change.MessagesRead read) {
    MessageBox reader = account(read.user()).box();
    reader.readInbox(read.peer(), read.maxId());
    if (read.user().equals(read.peer())) {
      return;
    }
    // Ids differ from box to box: the n-th received here is the n-th written there.
    MessageBox.Chat here = Objects.requireNonNull(reader.chats().get(read.peer()), "just read");
    MessageBox writer = account(read.peer()).box();
    MessageBox.Chat there = writer.chats().get(read.user());
    int seen = there == null ? 0 : there.outgoing(here.incomingUpTo(read.maxId()));
    if (there != null && seen > there.readOutbox) {
      writer.readOutbox(read.user(), seen);
    }
  }

  void noteNextExpiry() {
    nextExpiry =
        keys.values().stream()
            .mapToInt(StoredKey::expiresAt)
            .filter(at -> at != 0)
            .min()
            .orElse(Integer.MAX_VALUE);
  }

  private void forget(KeyId key) {
    Authorization gone = authorizations.remove(key);
    if (gone != null) {
      account(gone.user()).keys.remove(key);
    }
  }

  /** Ten thousand clients of one kind share one device. */
  private Authorization withDevice(Authorization known, Device device) {
    return known.device(devices.computeIfAbsent(device, same -> same));
  }

  AccountState account(UserId id) {
    AccountState account = accounts.get(id);
    if (account == null) {
      throw RpcErrorException.badRequest("USER_ID_INVALID");
    }
    return account;
  }

  ChannelState channel(ChannelId id) {
    ChannelState channel = channels.get(id);
    if (channel == null) {
      throw RpcErrorException.badRequest("CHANNEL_INVALID");
    }
    return channel;
  }

  static String folded(String username) {
    return username.toLowerCase(Locale.ROOT);
  }
}
