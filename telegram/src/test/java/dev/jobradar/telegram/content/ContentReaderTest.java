package dev.jobradar.telegram.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.telegram.content.TextEntity.Link;
import dev.jobradar.telegram.content.TextEntity.MentionName;
import dev.jobradar.telegram.content.TextEntity.Style;
import dev.jobradar.telegram.content.TextEntity.Styled;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.Document;
import dev.jobradar.tl.api.DocumentAttributeAudio;
import dev.jobradar.tl.api.DocumentAttributeFilename;
import dev.jobradar.tl.api.Game;
import dev.jobradar.tl.api.GeoPointEmpty;
import dev.jobradar.tl.api.KeyboardButtonCallback;
import dev.jobradar.tl.api.KeyboardButtonCopy;
import dev.jobradar.tl.api.KeyboardButtonRow;
import dev.jobradar.tl.api.KeyboardButtonUrl;
import dev.jobradar.tl.api.KeyboardButtonUserProfile;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.MessageEntityHashtag;
import dev.jobradar.tl.api.MessageEntityMentionName;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.MessageExtendedMediaPreview;
import dev.jobradar.tl.api.MessageMediaContact;
import dev.jobradar.tl.api.MessageMediaDocument;
import dev.jobradar.tl.api.MessageMediaGame;
import dev.jobradar.tl.api.MessageMediaGiveaway;
import dev.jobradar.tl.api.MessageMediaInvoice;
import dev.jobradar.tl.api.MessageMediaPaidMedia;
import dev.jobradar.tl.api.MessageMediaPhoto;
import dev.jobradar.tl.api.MessageMediaPoll;
import dev.jobradar.tl.api.MessageMediaStory;
import dev.jobradar.tl.api.MessageMediaToDo;
import dev.jobradar.tl.api.MessageMediaUnsupported;
import dev.jobradar.tl.api.MessageMediaVenue;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.MessageReplyHeader;
import dev.jobradar.tl.api.PageBlockBlockquote;
import dev.jobradar.tl.api.PageBlockDetails;
import dev.jobradar.tl.api.PageBlockDivider;
import dev.jobradar.tl.api.PageBlockHeading1;
import dev.jobradar.tl.api.PageBlockList;
import dev.jobradar.tl.api.PageBlockOrderedList;
import dev.jobradar.tl.api.PageBlockParagraph;
import dev.jobradar.tl.api.PageBlockPhoto;
import dev.jobradar.tl.api.PageBlockTable;
import dev.jobradar.tl.api.PageBlockUnsupported;
import dev.jobradar.tl.api.PageCaption;
import dev.jobradar.tl.api.PageListItemBlocks;
import dev.jobradar.tl.api.PageListItemText;
import dev.jobradar.tl.api.PageListOrderedItemText;
import dev.jobradar.tl.api.PageTableCell;
import dev.jobradar.tl.api.PageTableRow;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.PhotoEmpty;
import dev.jobradar.tl.api.Poll;
import dev.jobradar.tl.api.PollAnswer;
import dev.jobradar.tl.api.PollResults;
import dev.jobradar.tl.api.ReplyInlineMarkup;
import dev.jobradar.tl.api.RichMessage;
import dev.jobradar.tl.api.StoryItem;
import dev.jobradar.tl.api.TextBold;
import dev.jobradar.tl.api.TextConcat;
import dev.jobradar.tl.api.TextCustomEmoji;
import dev.jobradar.tl.api.TextEmail;
import dev.jobradar.tl.api.TextEmpty;
import dev.jobradar.tl.api.TextMentionName;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.TextUrl;
import dev.jobradar.tl.api.TextWithEntities;
import dev.jobradar.tl.api.TodoItem;
import dev.jobradar.tl.api.TodoList;
import dev.jobradar.tl.api.TypeMessageEntity;
import dev.jobradar.tl.api.TypeMessageMedia;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypeRichText;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.WebPagePending;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentReaderTest {
  private static Message.Builder message(String text) {
    return Message.builder()
        .post(true)
        .id(1)
        .peerId(new PeerChannel(7))
        .date(1_700_000_000)
        .message(text);
  }

  private static MessageContent read(TypeMessageMedia media) {
    return ContentReader.read(message("").media(media).build());
  }

  private static MessageContent rich(boolean part, TypePageBlock... blocks) {
    return ContentReader.read(
        message("")
            .richMessage(
                RichMessage.builder()
                    .part(part)
                    .blocks(List.of(blocks))
                    .photos(List.of())
                    .documents(List.of())
                    .build())
            .build());
  }

  private static TypeRichText plain(String text) {
    return new TextPlain(text);
  }

  private static TextWithEntities words(String text, TypeMessageEntity... entities) {
    return new TextWithEntities(text, List.of(entities));
  }

  @Test
  void a_plain_message_is_its_text() {
    assertThat(ContentReader.read(message("Java developer").build()))
        .isEqualTo(MessageContent.of("Java developer"));
  }

  @Test
  void entities_keep_styles_hidden_links_and_mentions() {
    MessageContent content =
        ContentReader.read(
            message("Apply now, ask Anna #java")
                .entities(
                    List.of(
                        new MessageEntityTextUrl(0, 5, "https://hh.ru/vacancy/80"),
                        new MessageEntityBold(6, 3),
                        new MessageEntityMentionName(15, 4, 42),
                        new MessageEntityHashtag(20, 5)))
                .build());
    assertThat(content.entities())
        .containsExactly(
            new Link(0, 5, "https://hh.ru/vacancy/80", Link.Kind.TEXT),
            new Styled(6, 3, Style.BOLD),
            new MentionName(15, 4, 42));
  }

  @Test
  void entities_outside_the_text_are_left_out() {
    MessageContent content =
        ContentReader.read(
            message("short")
                .entities(
                    List.of(
                        new MessageEntityBold(3, 3),
                        new MessageEntityBold(-1, 2),
                        new MessageEntityBold(0, 0),
                        new MessageEntityBold(Integer.MAX_VALUE, Integer.MAX_VALUE),
                        new MessageEntityTextUrl(2, 3, "https://a.example"),
                        new MessageEntityTextUrl(0, 2, "")))
                .build());
    assertThat(content.entities())
        .containsExactly(new Link(2, 3, "https://a.example", Link.Kind.TEXT));
  }

  @Test
  void a_rich_message_is_read_block_by_block() {
    MessageContent content =
        rich(
            false,
            new PageBlockHeading1(plain("Java-разработчик")),
            new PageBlockDivider(),
            new PageBlockParagraph(
                new TextConcat(
                    List.of(
                        plain("Удалённо, "),
                        new TextUrl(plain("анкета"), "https://example.ru/1", 0),
                        new TextCustomEmoji(5, "🔥")))),
            new PageBlockParagraph(new TextEmpty()),
            new PageBlockParagraph(
                new TextConcat(
                    List.of(
                        new TextEmail(plain("почта"), "hr@example.ru"),
                        plain(" "),
                        new TextMentionName(plain("Анна"), 42)))));
    assertThat(content.text()).isEqualTo("Java-разработчик\nУдалённо, анкета🔥\nпочта Анна");
    assertThat(content.entities())
        .containsExactly(
            new Styled(0, 16, Style.BOLD),
            new Link(27, 6, "https://example.ru/1", Link.Kind.TEXT),
            new Link(36, 5, "mailto:hr@example.ru", Link.Kind.TEXT),
            new MentionName(42, 4, 42));
    assertThat(content.partial()).isFalse();
  }

  @Test
  void lists_tables_and_folded_parts_of_a_rich_message_are_read() {
    MessageContent content =
        rich(
            true,
            new PageBlockList(
                List.of(
                    new PageListItemText(false, false, plain("Kotlin")),
                    new PageListItemText(true, true, plain("Spring")),
                    new PageListItemBlocks(
                        false, false, List.of(new PageBlockParagraph(plain("SQL")))))),
            PageBlockOrderedList.builder()
                .items(
                    List.of(
                        PageListOrderedItemText.builder().text(plain("first")).build(),
                        PageListOrderedItemText.builder().num("b").text(plain("second")).build()))
                .start(3)
                .build(),
            new PageBlockTable(
                false,
                false,
                plain("Salary"),
                List.of(new PageTableRow(List.of(cell("Junior"), cell("100"))))),
            new PageBlockDetails(
                false, List.of(new PageBlockParagraph(plain("hidden"))), plain("More")),
            new PageBlockBlockquote(plain("quote"), plain("who")),
            new PageBlockPhoto(
                false, 1, new PageCaption(plain("office"), plain("photo: me")), null, null),
            new PageBlockUnsupported());
    assertThat(content.text().lines())
        .containsExactly(
            "• Kotlin",
            "☑ Spring",
            "•",
            "SQL",
            "3. first",
            "b. second",
            "Salary",
            "Junior | 100",
            "More",
            "hidden",
            "quote",
            "who",
            "office",
            "photo: me");
    assertThat(content.partial()).isTrue();
  }

  private static PageTableCell cell(String text) {
    return PageTableCell.builder().text(plain(text)).build();
  }

  @Test
  void a_poll_is_its_question_its_answers_and_the_solution() {
    MessageContent content =
        read(
            new MessageMediaPoll(
                Poll.builder()
                    .id(1)
                    .question(words("Кто ищет Java разработчика?", new MessageEntityBold(9, 4)))
                    .answers(List.of(answer("Да"), answer("Нет")))
                    .hash(0)
                    .build(),
                PollResults.builder().solution("Мы").solutionEntities(List.of()).build(),
                null));
    assertThat(content.text()).isEqualTo("Кто ищет Java разработчика?\n• Да\n• Нет\nМы");
    assertThat(content.entities()).containsExactly(new Styled(9, 4, Style.BOLD));
  }

  private static PollAnswer answer(String text) {
    return PollAnswer.builder().text(words(text)).option(Bytes.of(new byte[] {1})).build();
  }

  @Test
  void a_checklist_is_its_title_and_its_items() {
    MessageContent content =
        read(
            new MessageMediaToDo(
                new TodoList(
                    false,
                    false,
                    words("Java-разработчик"),
                    List.of(
                        new TodoItem(
                            1,
                            words("опыт 3 года", new MessageEntityTextUrl(0, 4, "https://a.ru"))))),
                null));
    assertThat(content.text()).isEqualTo("Java-разработчик\n• опыт 3 года");
    assertThat(content.entities()).containsExactly(new Link(19, 4, "https://a.ru", Link.Kind.TEXT));
  }

  @Test
  void a_link_preview_says_title_and_description() {
    WebPage page =
        WebPage.builder()
            .id(1)
            .url("https://example.ru/v/1")
            .displayUrl("example.ru/v/1")
            .hash(0)
            .siteName("Example")
            .title("Java-разработчик в Acme")
            .description("Удалённо")
            .author("HR")
            .build();
    MessageContent content =
        ContentReader.read(
            message("https://example.ru/v/1")
                .media(new MessageMediaWebPage(false, false, false, false, page))
                .build());
    assertThat(content.text())
        .isEqualTo("https://example.ru/v/1\nExample\nJava-разработчик в Acme\nУдалённо\nHR");
    assertThat(content.entities())
        .containsExactly(new Link(31, 23, "https://example.ru/v/1", Link.Kind.PREVIEW));
    assertThat(
            read(new MessageMediaWebPage(
                    false, false, false, false, new WebPagePending(1, null, 0)))
                .text())
        .isEmpty();
  }

  @Test
  void a_document_is_its_file_name_and_music_its_title() {
    Document document =
        Document.builder()
            .id(1)
            .accessHash(2)
            .fileReference(Bytes.of(new byte[0]))
            .date(0)
            .mimeType("application/pdf")
            .size(1)
            .dcId(2)
            .attributes(
                List.of(
                    new DocumentAttributeFilename("Java_developer_Acme.pdf"),
                    DocumentAttributeAudio.builder()
                        .duration(1)
                        .title("Title")
                        .performer("Artist")
                        .build()))
            .build();
    assertThat(read(MessageMediaDocument.builder().document(document).build()).text())
        .isEqualTo("Java_developer_Acme.pdf\nArtist\nTitle");
  }

  @Test
  void other_media_say_what_they_show() {
    assertThat(
            read(MessageMediaInvoice.builder()
                    .title("Course")
                    .description("Java in a month")
                    .currency("RUB")
                    .totalAmount(1)
                    .startParam("")
                    .build())
                .text())
        .isEqualTo("Course\nJava in a month");
    assertThat(
            read(new MessageMediaGame(
                    new Game(1, 2, "g", "Game", "for devs", new PhotoEmpty(1), null)))
                .text())
        .isEqualTo("Game\nfor devs");
    assertThat(
            read(new MessageMediaVenue(new GeoPointEmpty(), "Cafe", "Main street 1", "", "", ""))
                .text())
        .isEqualTo("Cafe\nMain street 1");
    assertThat(read(new MessageMediaContact("79000000000", "Anna", "HR", "", 0)).text())
        .isEqualTo("Anna HR\n79000000000");
    assertThat(
            read(MessageMediaGiveaway.builder()
                    .channels(List.of())
                    .prizeDescription("a laptop")
                    .quantity(1)
                    .untilDate(0)
                    .build())
                .text())
        .isEqualTo("a laptop");
    assertThat(
            read(new MessageMediaStory(
                    false,
                    new PeerUser(1),
                    1,
                    StoryItem.builder()
                        .id(1)
                        .date(0)
                        .expireDate(0)
                        .caption("we hire")
                        .media(new MessageMediaUnsupported())
                        .build()))
                .text())
        .isEqualTo("we hire");
  }

  @Test
  void the_caption_of_media_is_the_message() {
    assertThat(
            ContentReader.read(
                    message("Ищем повара").media(MessageMediaPhoto.builder().build()).build())
                .text())
        .isEqualTo("Ищем повара");
    assertThat(
            ContentReader.read(
                    message("paid")
                        .media(
                            new MessageMediaPaidMedia(
                                5, List.of(MessageExtendedMediaPreview.builder().build())))
                        .build())
                .text())
        .isEqualTo("paid");
  }

  @Test
  void buttons_are_lines_with_their_links() {
    MessageContent content =
        ContentReader.read(
            message("Новая вакансия")
                .replyMarkup(
                    new ReplyInlineMarkup(
                        List.of(
                            new KeyboardButtonRow(
                                List.of(
                                    new KeyboardButtonUrl(
                                        null, "Java-разработчик", "https://example.ru/apply/78"),
                                    new KeyboardButtonCopy(null, "Промокод", "JAVA10"))),
                            new KeyboardButtonRow(
                                List.of(
                                    new KeyboardButtonUserProfile(null, "HR", 42),
                                    new KeyboardButtonCallback(
                                        false, null, "Ещё", Bytes.of(new byte[] {1})))))))
                .build());
    assertThat(content.text())
        .isEqualTo("Новая вакансия\nJava-разработчик\nПромокод\nJAVA10\nHR\nЕщё");
    assertThat(content.entities())
        .containsExactly(
            new Link(15, 16, "https://example.ru/apply/78", Link.Kind.BUTTON),
            new MentionName(48, 2, 42));
  }

  @Test
  void what_is_only_quoted_is_not_read() {
    assertThat(
            ContentReader.read(
                    message("да")
                        .replyTo(
                            MessageReplyHeader.builder()
                                .replyToMsgId(1)
                                .quote(true)
                                .quoteText("Java developer")
                                .build())
                        .build())
                .text())
        .isEqualTo("да");
  }

  @Test
  void a_text_beyond_the_longest_is_cut_between_characters() {
    char[] long_ = new char[MessageContent.MAX_LENGTH - 1];
    Arrays.fill(long_, 'a');
    MessageContent content =
        ContentReader.read(
            message(new String(long_) + "🔥 more")
                .entities(List.of(new MessageEntityBold(MessageContent.MAX_LENGTH - 1, 2)))
                .build());
    assertThat(content.text()).hasSize(MessageContent.MAX_LENGTH - 1).endsWith("a");
    assertThat(content.entities()).isEmpty();
  }

  @Test
  void deep_nesting_that_the_decoder_lets_through_is_read() {
    TypeRichText text = plain("deep");
    for (int i = 0; i < 60; i++) {
      text = new TextBold(text);
    }
    assertThat(rich(false, new PageBlockParagraph(text)).text()).isEqualTo("deep");
  }
}
