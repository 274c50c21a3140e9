package dev.jobradar.telegram.updates;

import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelFull;
import dev.jobradar.tl.api.ChatPhotoEmpty;
import dev.jobradar.tl.api.Dialog;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageActionPinMessage;
import dev.jobradar.tl.api.MessageService;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerNotifySettings;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.PhotoEmpty;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateDeleteChannelMessages;
import dev.jobradar.tl.api.UpdateEditChannelMessage;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateUser;
import dev.jobradar.tl.api.Updates;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.ChatFull;
import dev.jobradar.tl.api.updates.ChannelDifference;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.Difference;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import dev.jobradar.tl.api.updates.State;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** TL objects for tests, with as little in them as they may have. */
final class Tl {
  static final int DATE = 1_700_000_000;

  private Tl() {}

  static Message post(long channel, int id) {
    return Message.builder()
        .post(true)
        .id(id)
        .peerId(new PeerChannel(channel))
        .date(DATE)
        .message("post " + id)
        .build();
  }

  static MessageService service(long channel, int id) {
    return MessageService.builder()
        .post(true)
        .id(id)
        .peerId(new PeerChannel(channel))
        .date(DATE)
        .action(new MessageActionPinMessage())
        .build();
  }

  /** Posts with the ids of a range, both ends included, newest first as Telegram lists them. */
  static List<TypeMessage> posts(long channel, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .boxed()
        .sorted(Comparator.reverseOrder())
        .<TypeMessage>map(id -> post(channel, id))
        .toList();
  }

  static UpdateNewChannelMessage newPost(long channel, int id, int pts) {
    return new UpdateNewChannelMessage(post(channel, id), pts, 1);
  }

  static UpdateEditChannelMessage edit(long channel, int id, int pts) {
    return new UpdateEditChannelMessage(post(channel, id), pts, 1);
  }

  static UpdateDeleteChannelMessages deleted(long channel, int pts, Integer... ids) {
    return new UpdateDeleteChannelMessages(channel, List.of(ids), pts, ids.length);
  }

  static Message letter(int id) {
    return Message.builder()
        .id(id)
        .peerId(new PeerUser(9))
        .date(DATE)
        .message("letter " + id)
        .build();
  }

  static UpdateNewMessage newLetter(int id, int pts) {
    return new UpdateNewMessage(letter(id), pts, 1);
  }

  /** An update that goes by seq alone. */
  static UpdateUser mark(long number) {
    return new UpdateUser(number);
  }

  /** Updates without a seq. */
  static Updates pushed(TypeUpdate... updates) {
    return inOrder(0, DATE, updates);
  }

  static Updates inOrder(int seq, int date, TypeUpdate... updates) {
    return new Updates(List.of(updates), List.of(), List.of(), date, seq);
  }

  static Updates with(TypeChat chat, TypeUpdate... updates) {
    return new Updates(List.of(updates), List.of(), List.of(chat), DATE, 0);
  }

  static Channel channel(long id, long accessHash, boolean joined) {
    return Channel.builder()
        .left(!joined)
        .broadcast(true)
        .id(id)
        .accessHash(accessHash)
        .title("channel " + id)
        .photo(new ChatPhotoEmpty())
        .date(DATE)
        .build();
  }

  static State state(int pts, int qts, int date, int seq) {
    return new State(pts, qts, date, seq, 0);
  }

  static Difference difference(State state, List<TypeMessage> messages, TypeUpdate... others) {
    return new Difference(messages, List.of(), List.of(others), List.of(), List.of(), state);
  }

  static DifferenceSlice slice(State state, List<TypeMessage> messages, TypeUpdate... others) {
    return new DifferenceSlice(messages, List.of(), List.of(others), List.of(), List.of(), state);
  }

  static ChannelDifference channelDifference(boolean last, int pts, TypeMessage... messages) {
    return ChannelDifference.builder()
        .final_(last)
        .pts(pts)
        .timeout(30)
        .newMessages(List.of(messages))
        .otherUpdates(List.of())
        .chats(List.of())
        .users(List.of())
        .build();
  }

  static ChannelDifferenceEmpty nothingNew(int pts, @Nullable Integer timeout) {
    return new ChannelDifferenceEmpty(true, pts, timeout);
  }

  static ChannelDifferenceTooLong tooLong(
      long channel, @Nullable Integer pts, int top, List<TypeMessage> newest) {
    Dialog dialog =
        Dialog.builder()
            .peer(new PeerChannel(channel))
            .topMessage(top)
            .notifySettings(PeerNotifySettings.builder().build())
            .pts(pts)
            .build();
    return ChannelDifferenceTooLong.builder()
        .final_(true)
        .timeout(30)
        .dialog(dialog)
        .messages(newest)
        .chats(List.of())
        .users(List.of())
        .build();
  }

  /** A page of a channel's history. */
  static ChannelMessages history(int pts, List<TypeMessage> newestFirst) {
    return ChannelMessages.builder()
        .pts(pts)
        .count(newestFirst.size())
        .messages(newestFirst)
        .topics(List.of())
        .chats(List.of())
        .users(List.of())
        .build();
  }

  static ChannelMessages history(int pts, TypeMessage... newestFirst) {
    return history(pts, Arrays.asList(newestFirst));
  }

  static ChatFull full(long channel, int pts) {
    ChannelFull full =
        ChannelFull.builder()
            .id(channel)
            .about("")
            .chatPhoto(new PhotoEmpty(0))
            .notifySettings(PeerNotifySettings.builder().build())
            .botInfo(List.of())
            .pts(pts)
            .build();
    return new ChatFull(full, List.of(), List.of());
  }
}
