package dev.jobradar.benchmarks;

import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChatPhotoEmpty;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEntityBold;
import dev.jobradar.tl.api.MessageEntityHashtag;
import dev.jobradar.tl.api.MessageEntityTextUrl;
import dev.jobradar.tl.api.MessageEntityUrl;
import dev.jobradar.tl.api.MessageMediaPhoto;
import dev.jobradar.tl.api.MessageMediaWebPage;
import dev.jobradar.tl.api.MessageReactions;
import dev.jobradar.tl.api.MessageReplies;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.Photo;
import dev.jobradar.tl.api.PhotoSize;
import dev.jobradar.tl.api.PhotoStrippedSize;
import dev.jobradar.tl.api.ReactionCount;
import dev.jobradar.tl.api.ReactionEmoji;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeMessageMedia;
import dev.jobradar.tl.api.WebPage;
import dev.jobradar.tl.api.messages.ChannelMessages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a channel's history such as messages.getHistory brings: posts of a job channel in
 * Russian and English with formatting, views and reactions, every third with a photo and every
 * fifth with a web page's preview.
 */
final class PostsPage {
  private static final long CHANNEL = 1_234_567_890L;
  private static final String TEXT =
      """
      Senior Java Developer (remote)

      Компания ищет разработчика в команду платёжной платформы. Мы пишем на Java 21 и Spring Boot, \
      данные лежат в PostgreSQL и Kafka, всё живёт в Kubernetes.

      Что нужно: опыт от 4 лет, знание многопоточности и SQL, умение писать тесты.
      Что будет плюсом: Kotlin, ClickHouse, опыт высоких нагрузок.
      Условия: 4 000 – 6 000 $ на руки, полная удалёнка, ДМС после испытательного срока.

      Пишите: @recruiter, подробнее: https://example.com/jobs/123
      #java #remote #senior\
      """;

  private PostsPage() {}

  static ChannelMessages of(int posts) {
    List<TypeMessage> messages = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      messages.add(post(10_000 - i));
    }
    Channel channel =
        Channel.builder()
            .broadcast(true)
            .id(CHANNEL)
            .accessHash(0x0123_4567_89ab_cdefL)
            .title("Java Jobs")
            .username("javajobs")
            .photo(new ChatPhotoEmpty())
            .date(1_500_000_000)
            .participantsCount(54_321)
            .build();
    return ChannelMessages.builder()
        .pts(123_456)
        .count(9876)
        .messages(messages)
        .topics(List.of())
        .chats(List.of(channel))
        .users(List.of())
        .build();
  }

  private static Message post(int id) {
    return Message.builder()
        .post(true)
        .id(id)
        .peerId(new PeerChannel(CHANNEL))
        .date(1_800_000_000 - id)
        .message(TEXT + " " + id)
        .media(media(id))
        .entities(
            List.of(
                new MessageEntityBold(0, 30),
                new MessageEntityTextUrl(
                    32, 8, "https://example.com/company?from=channel&id=" + id),
                new MessageEntityBold(180, 9),
                new MessageEntityUrl(480, 29),
                new MessageEntityHashtag(510, 5),
                new MessageEntityHashtag(516, 7),
                new MessageEntityHashtag(524, 7)))
        .views(1000 + id)
        .forwards(id % 50)
        .replies(
            MessageReplies.builder()
                .comments(true)
                .replies(id % 7)
                .repliesPts(id)
                .channelId(CHANNEL + 1)
                .build())
        .reactions(
            MessageReactions.builder()
                .results(List.of(reaction("👍", 21), reaction("🔥", 5), reaction("👎", 3)))
                .build())
        .build();
  }

  private static ReactionCount reaction(String emoji, int count) {
    return ReactionCount.builder().reaction(new ReactionEmoji(emoji)).count(count).build();
  }

  private static @Nullable TypeMessageMedia media(int id) {
    if (id % 3 == 0) {
      return MessageMediaPhoto.builder().photo(photo(id)).build();
    }
    if (id % 5 == 0) {
      return MessageMediaWebPage.builder()
          .webpage(
              WebPage.builder()
                  .id(id)
                  .url("https://example.com/jobs/" + id)
                  .displayUrl("example.com/jobs/" + id)
                  .type("article")
                  .siteName("Example")
                  .title("Senior Java Developer")
                  .description("Платёжная платформа, удалённо, 4 000 – 6 000 $")
                  .photo(photo(id))
                  .build())
          .build();
    }
    return null;
  }

  private static Photo photo(int id) {
    return Photo.builder()
        .id(0x5000_0000_0000_0000L + id)
        .accessHash(id * 31L)
        .fileReference(Bytes.of(new byte[32]))
        .date(1_800_000_000 - id)
        .sizes(
            List.of(
                new PhotoStrippedSize("i", Bytes.of(new byte[180])),
                new PhotoSize("m", 320, 180, 17_000),
                new PhotoSize("x", 800, 450, 71_000),
                new PhotoSize("y", 1280, 720, 128_000)))
        .dcId(2)
        .build();
  }
}
