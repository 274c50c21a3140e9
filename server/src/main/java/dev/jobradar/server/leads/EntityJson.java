package dev.jobradar.server.leads;

import dev.jobradar.telegram.content.TextEntity;
import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A text's entities as they are stored: a JSON array of {@code [type, offset, length, …]} with a
 * link's address or a person's id behind.
 */
public final class EntityJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String MENTION = "mention";
  private static final String LINK = "link";

  private EntityJson() {}

  /** The stored form; {@code []} for none. */
  public static String write(List<TextEntity> entities) {
    ArrayNode all = JSON.createArrayNode();
    for (TextEntity entity : entities) {
      ArrayNode one = all.addArray();
      switch (entity) {
        case Styled styled -> one.add(styled.style().name().toLowerCase(Locale.ROOT));
        case Link link -> one.add(kind(link.kind()));
        case MentionName mention -> one.add(MENTION);
      }
      one.add(entity.offset()).add(entity.length());
      switch (entity) {
        case Styled styled -> {}
        case Link link -> one.add(link.url());
        case MentionName mention -> one.add(mention.userId());
      }
    }
    return JSON.writeValueAsString(all);
  }

  private static String kind(Link.Kind kind) {
    return switch (kind) {
      case TEXT -> LINK;
      case BUTTON -> "button";
      case PREVIEW -> "preview";
    };
  }

  /** Reads the stored form. */
  public static List<TextEntity> read(String json) {
    List<TextEntity> entities = new ArrayList<>();
    for (JsonNode one : JSON.readTree(json)) {
      String type = one.get(0).asString();
      int offset = one.get(1).asInt();
      int length = one.get(2).asInt();
      entities.add(
          switch (type) {
            case LINK -> new Link(offset, length, one.get(3).asString(), Link.Kind.TEXT);
            case "button" -> new Link(offset, length, one.get(3).asString(), Link.Kind.BUTTON);
            case "preview" -> new Link(offset, length, one.get(3).asString(), Link.Kind.PREVIEW);
            case MENTION -> new MentionName(offset, length, one.get(3).asLong());
            default -> new Styled(offset, length, Style.valueOf(type.toUpperCase(Locale.ROOT)));
          });
    }
    return entities;
  }
}
