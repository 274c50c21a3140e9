package dev.jobradar.telegram.content;

import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.RichMessage;
import dev.jobradar.tl.api.TypeMessageMedia;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a message says: its text or rich message, then its media, then its buttons. What
 * somebody else said and the message only answers to ({@code quote_text}) is not part of it.
 */
public final class ContentReader {
  private ContentReader() {}

  /** What a person reads of this message. */
  public static MessageContent read(Message message) {
    return read(message, message.media());
  }

  /** The same with other media, such as a link's preview that is ready by now. */
  public static MessageContent read(Message message, @Nullable TypeMessageMedia media) {
    ContentBuilder out = new ContentBuilder();
    RichMessage rich = message.richMessage();
    if (rich == null) {
      out.append(message.message());
      Entities.read(message.entities(), message.message()).forEach(entity -> out.entity(0, entity));
    } else {
      new PageBlockReader(out).read(rich.blocks());
    }
    out.line();
    new MediaReader(out).read(media);
    new ButtonReader(out).read(message.replyMarkup());
    return out.build(rich != null && rich.part());
  }
}
