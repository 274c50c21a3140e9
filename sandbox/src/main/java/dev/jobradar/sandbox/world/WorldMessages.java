package dev.jobradar.sandbox.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Private messages and the lists of chats. Guarded by the world's lock. */
final class WorldMessages {

  private final WorldCore core;

  WorldMessages(WorldCore core) {
    this.core = core;
  }

  World.Sent send(
      UserId from,
      UserId to,
      String text,
      List<Entity> entities,
      long randomId,
      @Nullable Subscriber origin) {
    AccountState sender = core.state.account(from);
    AccountState receiver = core.state.account(to);
    sender.requireNew(randomId);
    int fromId = sender.box().nextId();
    int toId = sender == receiver ? fromId : receiver.box().nextId();
    core.commit(new Change.Sent(from, to, fromId, toId, core.now(), text, entities, randomId));
    MessageBox own = sender.box();
    Message message = Objects.requireNonNull(own.message(fromId), "just added");
    core.notifySubscribers(
        List.of(sender), new Update.NewMessage(message, own.pts(), randomId), origin);
    if (sender != receiver) {
      MessageBox other = receiver.box();
      Message copy = Objects.requireNonNull(other.message(toId), "just added");
      core.notifySubscribers(List.of(receiver), new Update.NewMessage(copy, other.pts(), 0), null);
    }
    return new World.Sent(message, own.pts());
  }

  Optional<World.SentBefore> sentBefore(UserId user, long randomId) {
    return Optional.ofNullable(core.state.account(user).box).map(box -> box.sentAs(randomId));
  }

  List<Message> find(UserId user, Collection<Integer> ids) {
    MessageBox box = core.state.account(user).box;
    List<Message> found = new ArrayList<>();
    for (int id : ids) {
      Message message = box == null ? null : box.message(id);
      if (message != null) {
        found.add(message);
      }
    }
    return List.copyOf(found);
  }

  /** All messages of a chat, oldest first; a view that changes with it. */
  List<Message> of(UserId user, UserId peer) {
    MessageBox box = core.state.account(user).box;
    MessageBox.Chat chat = box == null ? null : box.chats().get(peer);
    return chat == null ? List.of() : chat.messages;
  }

  List<Update.NewMessage> withRandomIds(UserId user, UserId peer) {
    MessageBox box = core.state.account(user).box;
    return box == null ? List.of() : box.with(peer);
  }

  int read(UserId user, UserId peer, int maxId, @Nullable Subscriber origin) {
    AccountState account = core.state.account(user);
    MessageBox box = account.box;
    MessageBox.Chat chat = box == null ? null : box.chats().get(peer);
    if (box == null || chat == null || chat.messages.isEmpty()) {
      return box == null ? MessageBox.FIRST_PTS : box.pts();
    }
    int top = chat.messages.getLast().id();
    int upTo = maxId <= 0 ? top : Math.min(maxId, top);
    if (upTo <= chat.readInbox) {
      return box.pts();
    }
    AccountState writer = core.state.account(peer);
    MessageBox other = writer.box;
    int before = other == null ? 0 : other.pts();
    core.commit(new Change.MessagesRead(user, peer, upTo));
    int pts = box.pts();
    core.notifySubscribers(
        List.of(account), new Update.ReadInbox(peer, upTo, chat.unread(), pts), origin);
    if (other != null && !user.equals(peer) && other.pts() > before) {
      other
          .after(before, 1)
          .forEach(update -> core.notifySubscribers(List.of(writer), update, null));
    }
    return pts;
  }

  List<Dialog> dialogs(UserId user) {
    return core.state.account(user).dialogs();
  }

  Dialog dialog(UserId user, Peer peer) {
    AccountState account = core.state.account(user);
    return switch (peer) {
      case ChannelId id -> account.dialog(core.state.channel(id));
      case UserId id -> account.dialog(id);
    };
  }
}
