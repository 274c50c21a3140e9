package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.Entity;
import dev.jobradar.sandbox.world.Entity.Kind;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.tl.api.MessageEntityBlockquote;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.MessageEntityBotCommand;
import dev.jobradar.tl.api.MessageEntityCashtag;
import dev.jobradar.tl.api.MessageEntityCode;
import dev.jobradar.tl.api.MessageEntityEmail;
import dev.jobradar.tl.api.MessageEntityHashtag;
import dev.jobradar.tl.api.MessageEntityItalic;
import dev.jobradar.tl.api.MessageEntityMention;
import dev.jobradar.tl.api.MessageEntityPhone;
import dev.jobradar.tl.api.MessageEntityPre;
import dev.jobradar.tl.api.MessageEntitySpoiler;
import dev.jobradar.tl.api.MessageEntityStrike;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.MessageEntityUnderline;
import dev.jobradar.tl.api.MessageEntityUrl;
import dev.jobradar.tl.api.TypeMessageEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a text, from and to TL. */
final class Entities {

  private Entities() {}

  static List<TypeMessageEntity> write(List<Entity> entities) {
    return entities.stream().map(Entities::write).toList();
  }

  private static TypeMessageEntity write(Entity entity) {
    int offset = entity.offset();
    int length = entity.length();
    String argument = entity.argument() == null ? "" : entity.argument();
    return switch (entity.kind()) {
      case BLOCKQUOTE -> new MessageEntityBlockquote(false, offset, length);
      case BOLD -> new MessageEntityBold(offset, length);
      case BOT_COMMAND -> new MessageEntityBotCommand(offset, length);
      case CASHTAG -> new MessageEntityCashtag(offset, length);
      case CODE -> new MessageEntityCode(offset, length);
      case EMAIL -> new MessageEntityEmail(offset, length);
      case HASHTAG -> new MessageEntityHashtag(offset, length);
      case ITALIC -> new MessageEntityItalic(offset, length);
      case MENTION -> new MessageEntityMention(offset, length);
      case PHONE -> new MessageEntityPhone(offset, length);
      case PRE -> new MessageEntityPre(offset, length, argument);
      case SPOILER -> new MessageEntitySpoiler(offset, length);
      case STRIKE -> new MessageEntityStrike(offset, length);
      case TEXT_URL -> new MessageEntityTextUrl(offset, length, argument);
      case UNDERLINE -> new MessageEntityUnderline(offset, length);
      case URL -> new MessageEntityUrl(offset, length);
    };
  }

  /**
   * Reads the entities of a text; kinds that are not kept here are left out.
   *
   * @throws RpcErrorException when one lies outside the text
   */
  static List<Entity> read(@Nullable List<TypeMessageEntity> entities, String text) {
    List<Entity> read = new ArrayList<>();
    for (TypeMessageEntity tl : entities == null ? List.<TypeMessageEntity>of() : entities) {
      Entity entity = read(tl);
      if (entity != null) {
        int end = entity.offset() + entity.length();
        if (entity.offset() < 0 || entity.length() <= 0 || end < 0 || end > text.length()) {
          throw RpcErrorException.badRequest("ENTITY_BOUNDS_INVALID");
        }
        read.add(entity);
      }
    }
    return read;
  }

  private static @Nullable Entity read(TypeMessageEntity tl) {
    return switch (tl) {
      case MessageEntityBlockquote(var collapsed, int o, int n) -> plain(Kind.BLOCKQUOTE, o, n);
      case MessageEntityBold(int o, int n) -> plain(Kind.BOLD, o, n);
      case MessageEntityBotCommand(int o, int n) -> plain(Kind.BOT_COMMAND, o, n);
      case MessageEntityCashtag(int o, int n) -> plain(Kind.CASHTAG, o, n);
      case MessageEntityCode(int o, int n) -> plain(Kind.CODE, o, n);
      case MessageEntityEmail(int o, int n) -> plain(Kind.EMAIL, o, n);
      case MessageEntityHashtag(int o, int n) -> plain(Kind.HASHTAG, o, n);
      case MessageEntityItalic(int o, int n) -> plain(Kind.ITALIC, o, n);
      case MessageEntityMention(int o, int n) -> plain(Kind.MENTION, o, n);
      case MessageEntityPhone(int o, int n) -> plain(Kind.PHONE, o, n);
      case MessageEntityPre(int o, int n, var language) -> new Entity(Kind.PRE, o, n, language);
      case MessageEntitySpoiler(int o, int n) -> plain(Kind.SPOILER, o, n);
      case MessageEntityStrike(int o, int n) -> plain(Kind.STRIKE, o, n);
      case MessageEntityTextUrl(int o, int n, var url) -> new Entity(Kind.TEXT_URL, o, n, url);
      case MessageEntityUnderline(int o, int n) -> plain(Kind.UNDERLINE, o, n);
      case MessageEntityUrl(int o, int n) -> plain(Kind.URL, o, n);
      default -> null;
    };
  }

  private static Entity plain(Kind kind, int offset, int length) {
    return new Entity(kind, offset, length, null);
  }
}
