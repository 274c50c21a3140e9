package dev.jobradar.sandbox.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account. A process may hold tens of thousands: what is empty for most is null until it is
 * needed. Guarded by the world's lock.
 */
final class AccountState {

  final UserId id;
  final List<Membership> memberships = new ArrayList<>(0);
  final List<Subscriber> subscribers = new ArrayList<>(0);
  final List<KeyId> keys = new ArrayList<>(0);
  @Nullable MessageBox box;

  /** Counts the updates that have no position of their own. */
  int seq = 1;

  private User user;

  AccountState(User user) {
    this.id = user.id();
    this.user = user;
  }

  User user() {
    return user;
  }

  void rename(Change.Renamed change) {
    user =
        new User(
            id,
            user.phone(),
            change.firstName(),
            change.lastName(),
            change.username(),
            user.homeDc(),
            user.twoStep(),
            user.createdAt());
  }

  void move(int dc) {
    user =
        new User(
            id,
            user.phone(),
            user.firstName(),
            user.lastName(),
            user.username(),
            dc,
            user.twoStep(),
            user.createdAt());
  }

  MessageBox box() {
    MessageBox present = box;
    if (present == null) {
      present = new MessageBox();
      box = present;
    }
    return present;
  }

  /** Refuses the random_id of a message that was sent before. */
  void requireNew(long randomId) {
    if (box != null && box.sentAs(randomId) != null) {
      throw RpcErrorException.badRequest("RANDOM_ID_DUPLICATE");
    }
  }

  @Nullable Membership in(ChannelState channel) {
    for (Membership membership : memberships) {
      if (membership.channel == channel) {
        return membership;
      }
    }
    return null;
  }

  /** All chats, the most recent first. */
  List<Dialog> dialogs() {
    List<Dialog> all = new ArrayList<>();
    memberships.forEach(membership -> all.add(dialog(membership.channel)));
    if (box != null) {
      box.chats().forEach((peer, chat) -> chat.dialog(peer).ifPresent(all::add));
    }
    all.sort(Comparator.comparingInt(Dialog::date).thenComparingInt(Dialog::top).reversed());
    return List.copyOf(all);
  }

  /** A channel in the list of chats, as if joined now if it is not. */
  Dialog dialog(ChannelState channel) {
    Membership membership = in(channel);
    if (membership == null) {
      return new Dialog(channel.id, channel.top(), channel.topDate(), channel.top(), 0, 0);
    }
    int read = membership.readMaxId;
    int date = Math.max(channel.topDate(), membership.joinedAt);
    return new Dialog(channel.id, channel.top(), date, read, 0, channel.unreadAfter(read));
  }

  /** A private chat, with nothing in it if there is none. */
  Dialog dialog(UserId peer) {
    MessageBox.Chat chat = box == null ? null : box.chats().get(peer);
    return Optional.ofNullable(chat)
        .flatMap(present -> present.dialog(peer))
        .orElse(new Dialog(peer, 0, 0, 0, 0, 0));
  }

  BoxState state(int now) {
    int unread = 0;
    for (Membership membership : memberships) {
      unread += membership.channel.top() > membership.readMaxId ? 1 : 0;
    }
    if (box != null) {
      for (MessageBox.Chat chat : box.chats().values()) {
        unread += chat.unread() > 0 ? 1 : 0;
      }
    }
    return new BoxState(box == null ? MessageBox.FIRST_PTS : box.pts(), now, seq, unread);
  }

  /** What a client missed; see {@link World#difference}. */
  Difference difference(int pts, int date, int slice, int totalLimit, int now) {
    if (pts <= 0) {
      throw RpcErrorException.badRequest("PERSISTENT_TIMESTAMP_EMPTY");
    }
    if (date <= 0) {
      throw RpcErrorException.badRequest("DATE_EMPTY");
    }
    BoxState state = state(now);
    if (pts > state.pts()) {
      throw RpcErrorException.badRequest("PERSISTENT_TIMESTAMP_INVALID");
    }
    if (totalLimit > 0 && state.pts() - pts > totalLimit) {
      return new Difference.TooLong(state.pts());
    }
    List<Update.OfBox> updates = box == null ? List.of() : box.after(pts, slice);
    // Positions that were skipped by setting them bring nothing.
    int upTo = updates.isEmpty() ? state.pts() : updates.getLast().pts();
    boolean complete = upTo == state.pts();
    List<ChannelInfo> behind = complete ? changedSince(date) : List.of();
    if (updates.isEmpty() && behind.isEmpty()) {
      return new Difference.Empty(state.date(), state.seq());
    }
    // A slice leaves the date where it was: the channels are told of in the last one.
    BoxState then = new BoxState(upTo, complete ? state.date() : date, state.seq(), state.unread());
    return new Difference.Part(updates, behind, then, complete);
  }

  private List<ChannelInfo> changedSince(int date) {
    return memberships.stream()
        .map(membership -> membership.channel)
        .filter(channel -> channel.changedAt() >= date)
        .map(ChannelState::info)
        .toList();
  }
}
