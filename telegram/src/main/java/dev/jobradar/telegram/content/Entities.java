package dev.jobradar.telegram.content;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import dev.jobradar.tl.api.InputMessageEntityMentionName;
import dev.jobradar.tl.api.MessageEntityBankCard;
import dev.jobradar.tl.api.MessageEntityBlockquote;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.MessageEntityBotCommand;
import dev.jobradar.tl.api.MessageEntityCashtag;
import dev.jobradar.tl.api.MessageEntityCode;
import dev.jobradar.tl.api.MessageEntityCustomEmoji;
import dev.jobradar.tl.api.MessageEntityDiffDelete;
import dev.jobradar.tl.api.MessageEntityDiffInsert;
import dev.jobradar.tl.api.MessageEntityDiffReplace;
import dev.jobradar.tl.api.MessageEntityEmail;
import dev.jobradar.tl.api.MessageEntityFormattedDate;
import dev.jobradar.tl.api.MessageEntityHashtag;
import dev.jobradar.tl.api.MessageEntityItalic;
import dev.jobradar.tl.api.MessageEntityMention;
import dev.jobradar.tl.api.MessageEntityMentionName;
import dev.jobradar.tl.api.MessageEntityPhone;
import dev.jobradar.tl.api.MessageEntityPre;
import dev.jobradar.tl.api.MessageEntitySpoiler;
import dev.jobradar.tl.api.MessageEntityStrike;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.MessageEntityUnderline;
import dev.jobradar.tl.api.MessageEntityUnknown;
import dev.jobradar.tl.api.MessageEntityUrl;
import dev.jobradar.tl.api.TypeMessageEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between Telegram's message entities and ours (core.telegram.org/api/entities). */
public final class Entities {
  private Entities() {}

  /**
   * The entities of a text that say more than it does. Those that lie outside the text are left
   * out: a server may send them, and a text is shown all the same.
   */
  static List<TextEntity> read(@Nullable List<TypeMessageEntity> entities, String text) {
    if (entities == null) {
      return List.of();
    }
    List<TextEntity> read = new ArrayList<>();
    for (TypeMessageEntity entity : entities) {
      read(entity, text.length()).ifPresent(read::add);
    }
    return read;
  }

  private static Optional<TextEntity> read(TypeMessageEntity entity, int end) {
    return switch (entity) {
      case MessageEntityBold e -> styled(e.offset(), e.length(), Style.BOLD, end);
      case MessageEntityItalic e -> styled(e.offset(), e.length(), Style.ITALIC, end);
      case MessageEntityUnderline e -> styled(e.offset(), e.length(), Style.UNDERLINE, end);
      case MessageEntityStrike e -> styled(e.offset(), e.length(), Style.STRIKE, end);
      case MessageEntitySpoiler e -> styled(e.offset(), e.length(), Style.SPOILER, end);
      case MessageEntityCode e -> styled(e.offset(), e.length(), Style.CODE, end);
      case MessageEntityPre e -> styled(e.offset(), e.length(), Style.PRE, end);
      case MessageEntityBlockquote e -> styled(e.offset(), e.length(), Style.QUOTE, end);
      case MessageEntityTextUrl e ->
          isWithin(e.offset(), e.length(), end) && !e.url().isEmpty()
              ? Optional.of(new Link(e.offset(), e.length(), e.url(), Link.Kind.TEXT))
              : Optional.empty();
      case MessageEntityMentionName e ->
          isWithin(e.offset(), e.length(), end)
              ? Optional.of(new MentionName(e.offset(), e.length(), e.userId()))
              : Optional.empty();
      // The text says what they say.
      case MessageEntityUnknown e -> Optional.empty();
      case MessageEntityMention e -> Optional.empty();
      case MessageEntityHashtag e -> Optional.empty();
      case MessageEntityBotCommand e -> Optional.empty();
      case MessageEntityUrl e -> Optional.empty();
      case MessageEntityEmail e -> Optional.empty();
      case MessageEntityPhone e -> Optional.empty();
      case MessageEntityCashtag e -> Optional.empty();
      case MessageEntityBankCard e -> Optional.empty();
      case MessageEntityCustomEmoji e -> Optional.empty();
      case MessageEntityFormattedDate e -> Optional.empty();
      case MessageEntityDiffInsert e -> Optional.empty();
      case MessageEntityDiffReplace e -> Optional.empty();
      case MessageEntityDiffDelete e -> Optional.empty();
      case InputMessageEntityMentionName e -> Optional.empty();
    };
  }

  private static Optional<TextEntity> styled(int offset, int length, Style style, int end) {
    return isWithin(offset, length, end)
        ? Optional.of(new Styled(offset, length, style))
        : Optional.empty();
  }

  private static boolean isWithin(int offset, int length, int end) {
    return offset >= 0 && length > 0 && offset <= end - length;
  }

  /**
   * Entities for a message that is to be sent. A mention without a username is left out: it needs
   * an access hash that only the author's account has.
   */
  public static List<TypeMessageEntity> write(List<TextEntity> entities) {
    List<TypeMessageEntity> written = new ArrayList<>();
    for (TextEntity entity : entities) {
      switch (entity) {
        case Styled(int offset, int length, Style style) ->
            written.add(
                switch (style) {
                  case BOLD -> new MessageEntityBold(offset, length);
                  case ITALIC -> new MessageEntityItalic(offset, length);
                  case UNDERLINE -> new MessageEntityUnderline(offset, length);
                  case STRIKE -> new MessageEntityStrike(offset, length);
                  case SPOILER -> new MessageEntitySpoiler(offset, length);
                  case CODE -> new MessageEntityCode(offset, length);
                  case PRE -> new MessageEntityPre(offset, length, "");
                  case QUOTE -> new MessageEntityBlockquote(false, offset, length);
                });
        case Link link ->
            written.add(new MessageEntityTextUrl(link.offset(), link.length(), link.url()));
        case MentionName mention -> {}
      }
    }
    return written;
  }
}
