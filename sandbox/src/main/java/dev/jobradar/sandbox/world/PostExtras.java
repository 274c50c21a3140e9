package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.TypeMessageAction;
import org.jspecify.annotations.Nullable;

/**
 * What a post has besides a text.
 *
 * @param shape Telegram's own form of the rest: media, buttons, forward, reply, rich message and
 *     whatever else {@code message} has. Its id, peer, dates and text mean nothing
 * @param action what a service message says; null for a post
 * @param author the account that wrote it; null for none in the sandbox
 * @param editHidden whether it is not shown as edited although it has a date of editing
 * @param views how many have seen it; 0 to let that follow from its age
 * @param shownBlocks how many blocks of its rich message are sent with it; 0 for all
 */
public record PostExtras(
    Message shape,
    @Nullable TypeMessageAction action,
    @Nullable UserId author,
    boolean editHidden,
    int views,
    int shownBlocks) {

  /** A message that has nothing. */
  static final Message NO_SHAPE = Message.builder().peerId(new PeerChannel(0)).message("").build();

  static final PostExtras NONE = new PostExtras(NO_SHAPE, null, null, false, 0, 0);

  PostExtras hidden(boolean hidden) {
    return new PostExtras(shape, action, author, hidden, views, shownBlocks);
  }

  PostExtras seenBy(int count) {
    return new PostExtras(shape, action, author, editHidden, count, shownBlocks);
  }

  PostExtras shaped(Message other) {
    return new PostExtras(other, action, author, editHidden, views, shownBlocks);
  }
}
