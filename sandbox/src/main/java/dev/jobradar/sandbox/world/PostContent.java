package dev.jobradar.sandbox.world;

import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.Document;
import dev.jobradar.tl.api.DocumentAttributeAudio;
import dev.jobradar.tl.api.DocumentAttributeFilename;
import dev.jobradar.tl.api.DocumentAttributeVideo;
import dev.jobradar.tl.api.KeyboardButtonRow;
import dev.jobradar.tl.api.KeyboardButtonUrl;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.MessageFwdHeader;
import dev.jobradar.tl.api.MessageMediaDocument;
import dev.jobradar.tl.api.MessageMediaInvoice;
import dev.jobradar.tl.api.MessageMediaPhoto;
import dev.jobradar.tl.api.MessageMediaPoll;
import dev.jobradar.tl.api.MessageMediaToDo;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.MessageReactions;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.Photo;
import dev.jobradar.tl.api.PhotoSize;
import dev.jobradar.tl.api.Poll;
import dev.jobradar.tl.api.PollAnswer;
import dev.jobradar.tl.api.PollAnswerVoters;
import dev.jobradar.tl.api.PollResults;
import dev.jobradar.tl.api.ReactionCount;
import dev.jobradar.tl.api.ReactionEmoji;
import dev.jobradar.tl.api.ReplyInlineMarkup;
import dev.jobradar.tl.api.RichMessage;
import dev.jobradar.tl.api.TextWithEntities;
import dev.jobradar.tl.api.TodoItem;
import dev.jobradar.tl.api.TodoList;
import dev.jobradar.tl.api.TypeDocumentAttribute;
import dev.jobradar.tl.api.TypeKeyboardButton;
import dev.jobradar.tl.api.TypeMessageAction;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypeMessageMedia;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypePollAnswer;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPagePending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a post is to say and to show, or what an edit is to change of it. Each method returns a copy
 * with one thing more. Immutable.
 *
 * <pre>{@code
 * sandbox.post("javajobs", PostContent.of("Apply below").button("Apply", "https://example.ru/1"));
 * sandbox.edit("javajobs", 501, PostContent.NOTHING.reactions(Map.of("👍", 3)));
 * }</pre>
 *
 * @param text what it says; null to leave that as it is, which is nothing in a new post
 * @param entities parts of the text that have a kind of their own here; others are in {@code shape}
 * @param shape everything else that Telegram's {@code message} has; what it lacks is left as it is
 * @param action makes a service message of it
 * @param author the account that wrote it: its own clients see the post as outgoing
 * @param origin the post that it is a forward of
 * @param commentTo the post of the linked channel under which this stands as a comment; 0 for none
 * @param views how many have seen it; 0 to let that follow from its age
 * @param shownBlocks how many blocks of its rich message are sent with it; 0 for all
 * @param removed fields of {@code message}, as in the schema, that an edit takes away
 */
public record PostContent(
    @Nullable String text,
    List<Entity> entities,
    Message shape,
    @Nullable TypeMessageAction action,
    @Nullable UserId author,
    @Nullable Origin origin,
    int commentTo,
    int views,
    int shownBlocks,
    List<String> removed) {

  /** Neither says nor changes anything. */
  public static final PostContent NOTHING =
      new PostContent(null, List.of(), PostExtras.NO_SHAPE, null, null, null, 0, 0, 0, List.of());

  private static final int HOME_DC = 1;

  /** A post of a channel, which is named by its public name or its number. */
  public record Origin(String channel, int post) {}

  public PostContent {
    entities = List.copyOf(entities);
    removed = List.copyOf(removed);
  }

  /** A text. */
  public static PostContent of(String text) {
    return NOTHING.withText(text, List.of());
  }

  /** A service message. */
  public static PostContent service(TypeMessageAction action) {
    return new PostContent(
        "", List.of(), PostExtras.NO_SHAPE, action, null, null, 0, 0, 0, List.of());
  }

  public PostContent withText(String said, List<Entity> parts) {
    return new PostContent(
        said, parts, shape, action, author, origin, commentTo, views, shownBlocks, removed);
  }

  /** Anything that Telegram's {@code message} has. */
  public PostContent with(UnaryOperator<Message.Builder> change) {
    return shaped(change.apply(shape.toBuilder()).build());
  }

  /** With all that a message has of its own, over what is there. */
  public PostContent merged(Message more) {
    return shaped(ShapeChange.over(shape, more, List.of()));
  }

  private PostContent shaped(Message other) {
    return new PostContent(
        text, entities, other, action, author, origin, commentTo, views, shownBlocks, removed);
  }

  public PostContent media(TypeMessageMedia media) {
    return with(message -> message.media(media));
  }

  /** A photo; the text is its caption. */
  public PostContent photo() {
    Photo photo =
        Photo.builder()
            .id(number())
            .accessHash(number())
            .fileReference(Bytes.EMPTY)
            .sizes(List.of(new PhotoSize("x", 800, 600, 40_000)))
            .dcId(HOME_DC)
            .build();
    return media(MessageMediaPhoto.builder().photo(photo).build());
  }

  /** A file. */
  public PostContent document(String fileName) {
    return file("application/octet-stream", List.of(new DocumentAttributeFilename(fileName)));
  }

  public PostContent video() {
    return file(
        "video/mp4", List.of(DocumentAttributeVideo.builder().duration(7).w(640).h(360).build()));
  }

  /** A piece of music. */
  public PostContent audio(String title, String performer) {
    return file(
        "audio/mpeg",
        List.of(
            DocumentAttributeAudio.builder()
                .duration(180)
                .title(title)
                .performer(performer)
                .build()));
  }

  private PostContent file(String type, List<TypeDocumentAttribute> attributes) {
    Document document =
        Document.builder()
            .id(number())
            .accessHash(number())
            .fileReference(Bytes.EMPTY)
            .mimeType(type)
            .size(100_000)
            .dcId(HOME_DC)
            .attributes(attributes)
            .build();
    return media(MessageMediaDocument.builder().document(document).build());
  }

  public PostContent poll(String question, List<String> answers) {
    return poll(question, answers, null);
  }

  /**
   * A poll, or a quiz.
   *
   * @param solution what a quiz says to who has answered; null for a poll
   */
  public PostContent poll(String question, List<String> answers, @Nullable String solution) {
    List<TypePollAnswer> options =
        IntStream.range(0, answers.size())
            .<TypePollAnswer>mapToObj(
                i -> PollAnswer.builder().text(plain(answers.get(i))).option(option(i)).build())
            .toList();
    Poll poll =
        Poll.builder()
            .id(number())
            .quiz(solution != null)
            .question(plain(question))
            .answers(options)
            .build();
    PollResults.Builder results =
        PollResults.builder()
            .totalVoters(0)
            .results(
                IntStream.range(0, answers.size())
                    .mapToObj(i ->
                        PollAnswerVoters.builder()
                            .option(option(i))
                            .voters(0)
                            .recentVoters(List.of())
                            .build())
                    .toList());
    if (solution != null) {
      results.solution(solution).solutionEntities(List.of());
    }
    return media(MessageMediaPoll.builder().poll(poll).results(results.build()).build());
  }

  /** A checklist. */
  public PostContent todo(String title, List<String> items) {
    List<TodoItem> list =
        IntStream.range(0, items.size())
            .mapToObj(i -> new TodoItem(i + 1, plain(items.get(i))))
            .toList();
    return media(
        MessageMediaToDo.builder()
            .todo(TodoList.builder().title(plain(title)).list(list).build())
            .build());
  }

  public PostContent invoice(String title, String description) {
    return media(
        MessageMediaInvoice.builder()
            .title(title)
            .description(description)
            .currency("RUB")
            .totalAmount(100_000)
            .startParam("")
            .build());
  }

  /** A link preview. */
  public PostContent webPage(WebPage page) {
    return media(MessageMediaWebPage.builder().webpage(page).build());
  }

  /** A link preview. */
  public PostContent webPage(String url, String title, String description) {
    return webPage(page(url).title(title).description(description).build());
  }

  /** The beginning of a link preview: type, name of the site and id are set. */
  public static WebPage.Builder page(String url) {
    return WebPage.builder()
        .id(number())
        .url(url)
        .displayUrl(url.replaceFirst("^https?://", ""))
        .type("article")
        .siteName(url.replaceFirst("^https?://", "").replaceFirst("/.*", ""));
  }

  /** A link preview that the server is still working on; see {@link World#webPageCame}. */
  public PostContent pendingWebPage(String url) {
    WebPagePending pending = WebPagePending.builder().id(number()).url(url).date(0).build();
    return media(MessageMediaWebPage.builder().webpage(pending).build());
  }

  /** A row of buttons more. */
  public PostContent buttons(List<TypeKeyboardButton> row) {
    List<KeyboardButtonRow> rows = new ArrayList<>();
    if (shape.replyMarkup() instanceof ReplyInlineMarkup(var before)) {
      rows.addAll(before);
    }
    rows.add(new KeyboardButtonRow(row));
    return with(message -> message.replyMarkup(new ReplyInlineMarkup(rows)));
  }

  /** A button below it that opens an address, in a row of its own. */
  public PostContent button(String label, String url) {
    return buttons(List.of(KeyboardButtonUrl.builder().text(label).url(url).build()));
  }

  public PostContent entity(TypeMessageEntity entity) {
    List<TypeMessageEntity> all =
        new ArrayList<>(Objects.requireNonNullElse(shape.entities(), List.of()));
    all.add(entity);
    return with(message -> message.entities(all));
  }

  /**
   * Puts an address behind words of the text, where they first occur.
   *
   * @throws IllegalArgumentException when they do not
   */
  public PostContent link(String words, String url) {
    int at = text == null ? -1 : text.indexOf(words);
    if (at < 0 || words.isEmpty()) {
      throw new IllegalArgumentException("the text does not contain '" + words + "'");
    }
    return entity(new MessageEntityTextUrl(at, words.length(), url));
  }

  /** Makes it a part of an album: all parts of one have the same number. */
  public PostContent album(long number) {
    return with(message -> message.groupedId(number));
  }

  /** A forward of a post of a channel, which is named by its public name or its number. */
  public PostContent forwardOf(String channel, int post) {
    return new PostContent(
        text,
        entities,
        shape,
        action,
        author,
        new Origin(channel, post),
        commentTo,
        views,
        shownBlocks,
        removed);
  }

  /** A forward from somebody who hides their account. */
  public PostContent forwardFrom(String name) {
    return with(
        message -> message.fwdFrom(MessageFwdHeader.builder().fromName(name).date(0).build()));
  }

  /** An answer to a post of the same channel. */
  public PostContent replyTo(int post) {
    return with(
        message -> message.replyTo(MessageReplyHeader.builder().replyToMsgId(post).build()));
  }

  /** An answer to words of a post of the same channel. */
  public PostContent quoting(int post, String words) {
    return with(message ->
        message.replyTo(
            MessageReplyHeader.builder()
                .quote(true)
                .replyToMsgId(post)
                .quoteText(words)
                .quoteOffset(0)
                .build()));
  }

  /** Makes it a comment under a post of the channel that a group is linked to. */
  public PostContent commentTo(int post) {
    return new PostContent(
        text, entities, shape, action, author, origin, post, views, shownBlocks, removed);
  }

  /** May not be forwarded or copied. */
  public PostContent isProtected() {
    return with(message -> message.noforwards(true));
  }

  public PostContent signature(String name) {
    return with(message -> message.postAuthor(name));
  }

  public PostContent by(UserId account) {
    return new PostContent(
        text, entities, shape, action, account, origin, commentTo, views, shownBlocks, removed);
  }

  /** How often each emoji was given as a reaction. */
  public PostContent reactions(Map<String, Integer> counts) {
    return with(message -> message.reactions(counted(counts)));
  }

  private static MessageReactions counted(Map<String, Integer> counts) {
    return MessageReactions.builder()
        .results(
            counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                    ReactionCount.builder()
                        .reaction(new ReactionEmoji(entry.getKey()))
                        .count(entry.getValue())
                        .build())
                .toList())
        .build();
  }

  public PostContent views(int count) {
    return new PostContent(
        text, entities, shape, action, author, origin, commentTo, count, shownBlocks, removed);
  }

  /** A rich message, in place of the text. */
  public PostContent rich(List<TypePageBlock> blocks) {
    RichMessage rich = new RichMessage(false, false, blocks, List.of(), List.of());
    return withText("", List.of()).with(message -> message.richMessage(rich));
  }

  /** Sends only the first blocks of the rich message; {@code messages.getRichMessage} has all. */
  public PostContent onlyBlocks(int count) {
    return new PostContent(
        text, entities, shape, action, author, origin, commentTo, views, count, removed);
  }

  /** Takes fields of {@code message} away, such as {@code reply_markup}. */
  public PostContent remove(List<String> fields) {
    return new PostContent(
        text, entities, shape, action, author, origin, commentTo, views, shownBlocks, fields);
  }

  /** Whether a post of it would have nothing at all. */
  public boolean isEmpty() {
    return (text == null || text.isBlank())
        && action == null
        && origin == null
        && shape.media() == null
        && shape.richMessage() == null
        && shape.replyMarkup() == null;
  }

  /** Whether an edit changes what a reader reads: not only reactions, views and buttons. */
  boolean isSaid() {
    Message rest =
        shape.toBuilder().reactions(null).replyMarkup(null).views(null).forwards(null).build();
    return text != null
        || !entities.isEmpty()
        || shownBlocks != 0
        || !rest.equals(PostExtras.NO_SHAPE)
        || removed.stream().anyMatch(field -> !field.equals("reply_markup"));
  }

  private static TextWithEntities plain(String text) {
    return new TextWithEntities(text, List.of());
  }

  private static Bytes option(int index) {
    return Bytes.of(Integer.toString(index).getBytes(StandardCharsets.US_ASCII));
  }

  private static long number() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }
}
