package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.layer.TlJson;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.KeyboardButtonCallback;
import dev.jobradar.tl.api.KeyboardButtonCopy;
import dev.jobradar.tl.api.KeyboardButtonUrl;
import dev.jobradar.tl.api.KeyboardButtonUserProfile;
import dev.jobradar.tl.api.KeyboardButtonWebView;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.ReplyInlineMarkup;
import dev.jobradar.tl.api.TypeKeyboardButton;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeMessageAction;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypeMessageMedia;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.WebPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a post says and shows, out of the fields of a command. */
final class PostJson {

  private static final int MAX_COUNT = 1_000_000_000;

  /** What the sandbox decides itself. */
  private static final List<String> OWN =
      List.of("id", "peer_id", "date", "message", "out", "post");

  private PostJson() {}

  /** The content that these fields describe; one that says nothing if there are none. */
  static PostContent read(Fields fields) {
    try {
      return content(fields);
    } catch (IllegalArgumentException e) {
      throw new BadCommandException(String.valueOf(e.getMessage()));
    }
  }

  /** The content of a new post, which has something. */
  static PostContent readNew(Fields fields) {
    PostContent content = read(fields);
    if (content.isEmpty()) {
      throw new BadCommandException(
          "a post has a 'text' that is not empty, media, buttons, 'rich', 'forward' or 'service'");
    }
    return content;
  }

  private static PostContent content(Fields fields) {
    PostContent content = PostContent.NOTHING;
    if (fields.has("text")) {
      content = PostContent.of(fields.text("text"));
    }
    content = said(content, fields);
    content = shown(content, fields);
    content = origin(content, fields);
    JsonNode message = fields.json("message");
    if (message != null) {
      content = content.merged(message(message));
    }
    if (fields.has("remove")) {
      content = content.remove(fields.strings("remove"));
    }
    return content;
  }

  /** Texts and their parts. */
  private static PostContent said(PostContent before, Fields fields) {
    PostContent content = before;
    JsonNode rich = fields.json("rich");
    if (rich != null) {
      content = content.rich(TlJson.list(rich, "PageBlock", TypePageBlock::readFrom));
    }
    int part = fields.number("part", 1, MAX_COUNT, 0);
    if (part > 0) {
      content = content.onlyBlocks(part);
    }
    JsonNode service = fields.json("service");
    if (service != null) {
      content =
          PostContent.service(TlJson.read(service, "MessageAction", TypeMessageAction::readFrom));
    }
    JsonNode entities = fields.json("entities");
    if (entities != null) {
      for (TypeMessageEntity entity :
          TlJson.list(entities, "MessageEntity", TypeMessageEntity::readFrom)) {
        content = content.entity(entity);
      }
    }
    Fields links = fields.object("links");
    if (links != null) {
      for (String words : links.names()) {
        content = content.link(words, links.string(words));
      }
    }
    return content;
  }

  /** Media and buttons. */
  private static PostContent shown(PostContent before, Fields fields) {
    PostContent content = before;
    if (fields.flag("photo", false)) {
      content = content.photo();
    }
    if (fields.flag("video", false)) {
      content = content.video();
    }
    if (fields.has("document")) {
      content = content.document(fields.string("document"));
    }
    Fields audio = fields.object("audio");
    if (audio != null) {
      content = content.audio(audio.string("title"), audio.string("performer"));
      audio.end();
    }
    Fields poll = fields.object("poll");
    if (poll != null) {
      content =
          content.poll(
              poll.string("question"), poll.strings("answers"), poll.optionalString("solution"));
      poll.end();
    }
    Fields todo = fields.object("todo");
    if (todo != null) {
      content = content.todo(todo.string("title"), todo.strings("items"));
      todo.end();
    }
    Fields invoice = fields.object("invoice");
    if (invoice != null) {
      content = content.invoice(invoice.string("title"), invoice.string("description"));
      invoice.end();
    }
    Fields page = fields.object("webpage");
    if (page != null) {
      content =
          page.flag("pending", false)
              ? content.pendingWebPage(page.string("url"))
              : content.webPage(page(page));
      page.end();
    }
    JsonNode media = fields.json("media");
    if (media != null) {
      content = content.media(TlJson.read(media, "MessageMedia", TypeMessageMedia::readFrom));
    }
    JsonNode buttons = fields.json("buttons");
    return buttons == null ? content : buttons(content, buttons);
  }

  /** Where it comes from, what it belongs to and what was done with it. */
  private static PostContent origin(PostContent before, Fields fields) {
    PostContent content = before;
    Fields forward = fields.object("forward");
    if (forward != null) {
      content =
          forward.has("name")
              ? content.forwardFrom(forward.string("name"))
              : content.forwardOf(forward.string("channel"), forward.number("id", 1, MAX_COUNT));
      forward.end();
    }
    Fields reply = fields.object("reply");
    if (reply != null) {
      int id = reply.number("id", 1, MAX_COUNT);
      content =
          reply.has("quote") ? content.quoting(id, reply.string("quote")) : content.replyTo(id);
      reply.end();
    }
    int comment = fields.number("comment_to", 1, MAX_COUNT, 0);
    if (comment > 0) {
      content = content.commentTo(comment);
    }
    Long album = fields.optionalId("album");
    if (album != null) {
      content = content.album(album);
    }
    if (fields.flag("noforwards", false)) {
      content = content.isProtected();
    }
    if (fields.has("signature")) {
      content = content.signature(fields.string("signature"));
    }
    Fields reactions = fields.object("reactions");
    if (reactions != null) {
      Map<String, Integer> counts = new HashMap<>();
      reactions.names().forEach(name -> counts.put(name, reactions.number(name, 1, MAX_COUNT)));
      content = content.reactions(counts);
    }
    int views = fields.number("views", 1, MAX_COUNT, 0);
    return views > 0 ? content.views(views) : content;
  }

  /** A link preview, without the end of its fields. */
  static WebPage page(Fields fields) {
    WebPage.Builder page = PostContent.page(fields.string("url"));
    if (fields.has("title")) {
      page.title(fields.string("title"));
    }
    if (fields.has("description")) {
      page.description(fields.string("description"));
    }
    if (fields.has("site_name")) {
      page.siteName(fields.string("site_name"));
    }
    if (fields.has("author")) {
      page.author(fields.string("author"));
    }
    return page.build();
  }

  /** A list of buttons, each in a row of its own, or a list of rows. */
  private static PostContent buttons(PostContent before, JsonNode json) {
    if (!json.isArray()) {
      throw new BadCommandException("the field 'buttons' must be a list");
    }
    PostContent content =
        before.with(message -> message.replyMarkup(new ReplyInlineMarkup(List.of())));
    for (JsonNode row : json) {
      List<TypeKeyboardButton> buttons = new ArrayList<>();
      if (row.isArray()) {
        row.forEach(each -> buttons.add(button(each)));
      } else {
        buttons.add(button(row));
      }
      content = content.buttons(buttons);
    }
    return content;
  }

  private static TypeKeyboardButton button(JsonNode json) {
    if (!json.isObject() || json.has("_")) {
      return TlJson.read(json, "KeyboardButton", TypeKeyboardButton::readFrom);
    }
    Fields fields = new Fields(json);
    String text = fields.string("text");
    TypeKeyboardButton button = button(text, fields);
    fields.end();
    return button;
  }

  private static TypeKeyboardButton button(String text, Fields fields) {
    if (fields.has("url")) {
      return KeyboardButtonUrl.builder().text(text).url(fields.string("url")).build();
    }
    if (fields.has("web_app")) {
      return KeyboardButtonWebView.builder().text(text).url(fields.string("web_app")).build();
    }
    if (fields.has("copy")) {
      return KeyboardButtonCopy.builder().text(text).copyText(fields.string("copy")).build();
    }
    Long user = fields.optionalId("user_id");
    if (user != null) {
      return KeyboardButtonUserProfile.builder().text(text).userId(user).build();
    }
    String data = Objects.requireNonNullElse(fields.optionalString("callback"), text);
    return KeyboardButtonCallback.builder()
        .text(text)
        .data(Bytes.of(data.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  /** Fields of Telegram's message itself. */
  private static Message message(JsonNode json) {
    if (!(json.deepCopy() instanceof ObjectNode fields)) {
      throw new BadCommandException("the field 'message' must be an object");
    }
    for (String own : OWN) {
      if (fields.has(own)) {
        throw new BadCommandException("'message' cannot set '" + own + "'");
      }
    }
    fields.putObject("peer_id").put("_", "peerChannel").put("channel_id", 0L);
    return TlJson.fields(fields, "message", in -> (Message) TypeMessage.readFrom(in));
  }

  /** A person, as a number or a phone number; null for none. */
  static @Nullable CommandTarget by(Fields fields) {
    JsonNode by = fields.json("by");
    if (by == null) {
      return null;
    }
    return by.isString()
        ? new CommandTarget(null, null, fields.string("by"), 0, null, null)
        : new CommandTarget(null, fields.optionalId("by"), null, 0, null, null);
  }
}
