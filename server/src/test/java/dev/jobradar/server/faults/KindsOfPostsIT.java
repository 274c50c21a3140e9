package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.tl.api.MessageActionPinMessage;
import dev.jobradar.tl.api.PageBlockHeading1;
import dev.jobradar.tl.api.PageBlockParagraph;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypeRichText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Kinds of posts, and ways in which they are read: live by push, by polling, with the difference
 * after a downtime, by a backfill, in a preview. Each kind is found by all of them or by none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class KindsOfPostsIT {
  /** Nothing else that the sandbox says has these. */
  private static final List<String> INCLUDE = List.of("qwjava", "qwjobs.ru");

  private static final List<String> EXCLUDE = List.of("qwcasino");

  private LiveWorld world;

  @BeforeAll
  void begins() {
    world = new LiveWorld();
  }

  @AfterAll
  void ends() {
    world.close();
  }

  /** A kind of post. */
  private record Kind(String name, boolean found, BiFunction<Sandbox, String, Integer> post) {}

  private static Kind kind(String name, boolean found, PostContent content) {
    return new Kind(name, found, (sandbox, channel) -> sandbox.post(channel, content).id());
  }

  private static PostContent text(String text) {
    return PostContent.of(text);
  }

  private static TypeRichText words(String words) {
    return new TextPlain(words);
  }

  private static List<TypePageBlock> blocks(String heading, String paragraph) {
    return List.of(new PageBlockHeading1(words(heading)), new PageBlockParagraph(words(paragraph)));
  }

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(kind("text", true, text("Ищем qwjava")));
    kinds.add(kind("other words", false, text("Ищем повара")));
    kinds.add(kind("excluded", false, text("Ищем qwjava в qwcasino")));
    kinds.add(kind("rich message", true, PostContent.NOTHING.rich(blocks("qwjava", "Пишите"))));
    kinds.add(
        kind(
            "rich message of which the beginning comes",
            true,
            PostContent.NOTHING.rich(blocks("Вакансии", "Нужен qwjava")).onlyBlocks(1)));
    kinds.add(
        kind(
            "rich message whose rest excludes",
            false,
            PostContent.NOTHING.rich(blocks("Нужен qwjava", "в qwcasino")).onlyBlocks(1)));
    kinds.add(kind("caption", true, text("Ищем qwjava").photo()));
    kinds.add(kind("photo alone", false, PostContent.NOTHING.photo()));
    kinds.add(kind("file name", true, PostContent.NOTHING.document("qwjava developer.pdf")));
    kinds.add(kind("music", true, PostContent.NOTHING.audio("qwjava", "Кто-то")));
    kinds.add(
        kind("poll's question", true, PostContent.NOTHING.poll("qwjava?", List.of("Да", "Нет"))));
    kinds.add(
        kind("poll's answer", true, PostContent.NOTHING.poll("Кто?", List.of("qwjava", "Нет"))));
    kinds.add(kind("checklist", true, PostContent.NOTHING.todo("Нужны", List.of("qwjava"))));
    kinds.add(kind("invoice", true, PostContent.NOTHING.invoice("Курс", "qwjava с нуля")));
    kinds.add(
        kind(
            "preview",
            true,
            text("Смотрите https://example.ru/v/1")
                .webPage("https://example.ru/v/1", "qwjava в Acme", "Удалённо")));
    kinds.add(
        new Kind(
            "preview that comes later",
            true,
            (sandbox, channel) -> {
              int id =
                  sandbox
                      .post(
                          channel,
                          text("Смотрите https://example.ru/v/2")
                              .pendingWebPage("https://example.ru/v/2"))
                      .id();
              sandbox.webPageCame(
                  channel,
                  id,
                  PostContent.page("https://example.ru/v/2").title("qwjava в Acme").build());
              return id;
            }));
    kinds.add(
        kind("button's label", true, text("По кнопке").button("qwjava", "https://example.ru/78")));
    kinds.add(
        kind(
            "button's link",
            true,
            text("Вакансия").button("Откликнуться", "https://qwjobs.ru/v/80")));
    kinds.add(
        kind(
            "hidden link",
            true,
            text("Ищем людей. Откликнуться").link("Откликнуться", "https://qwjobs.ru/v/81")));
    kinds.add(
        new Kind(
            "album with words at its second part",
            true,
            (sandbox, channel) ->
                sandbox
                    .postTogether(
                        channel,
                        List.of(
                            PostContent.NOTHING.photo().album(901),
                            text("Ищем qwjava").photo().album(901),
                            PostContent.NOTHING.photo().album(901)))
                    .getFirst()
                    .id()));
    kinds.add(
        new Kind(
            "album that excludes by another part",
            false,
            (sandbox, channel) ->
                sandbox
                    .postTogether(
                        channel,
                        List.of(
                            text("Ищем qwjava").photo().album(902),
                            text("Это qwcasino").photo().album(902)))
                    .getFirst()
                    .id()));
    kinds.add(
        new Kind(
            "edited in",
            true,
            (sandbox, channel) -> {
              int id = sandbox.post(channel, text("Новая вакансия, сейчас добавлю")).id();
              sandbox.edit(channel, id, text("Новая вакансия: qwjava"));
              return id;
            }));
    kinds.add(
        new Kind(
            "a reaction alone",
            false,
            (sandbox, channel) -> {
              int id = sandbox.post(channel, text("Новости")).id();
              sandbox.edit(channel, id, PostContent.NOTHING.reactions(Map.of("👍", 3)));
              return id;
            }));
    kinds.add(
        new Kind(
            "words of others that are quoted",
            false,
            (sandbox, channel) -> {
              int first = sandbox.post(channel, text("Спросили про qwjava и qwcasino")).id();
              return sandbox.post(channel, text("Ответ").quoting(first, "qwjava")).id();
            }));
    kinds.add(kind("service message", false, PostContent.service(new MessageActionPinMessage())));
    kinds.add(
        kind(
            "a message of ours",
            false,
            text("🔥 Новый лид\n\nqwjava\n\nИсточник: @javajobs\nКлюч: qwjava")));
    kinds.add(kind("protected", true, text("Ищем qwjava").isProtected()));
    kinds.add(kind("forward", true, text("Ищем qwjava").forwardFrom("Кто-то")));
    return kinds;
  }

  private Map<String, Integer> postAll(String channel) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    kinds().forEach(kind -> ids.put(kind.name(), kind.post().apply(world.sandbox, channel)));
    return ids;
  }

  private List<String> expected() {
    return kinds().stream().filter(Kind::found).map(Kind::name).sorted().toList();
  }

  private static List<String> found(Map<String, Integer> ids, List<JsonNode> posts) {
    TreeSet<String> found = new TreeSet<>();
    for (JsonNode post : posts) {
      int id = post.path("source_message_id").asInt();
      found.add(
          ids.entrySet().stream()
              .filter(entry -> entry.getValue() == id)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("post " + id));
    }
    return List.copyOf(found);
  }

  /** Reposts of the same words would be one lead. */
  private long task(String channel) {
    return world.taskThatKeepsReposts(INCLUDE, EXCLUDE, channel);
  }

  private void awaitFound(long task, Map<String, Integer> ids, String channel) {
    int last = world.sandbox.post(channel, "qwjava: последний пост").id();
    Eventually.await(
        "everything is read",
        () ->
            world.leads(task).stream()
                .anyMatch(lead -> lead.path("source_message_id").asInt() == last));
    ids.put("the last post", last);
    List<String> expected = new ArrayList<>(expected());
    expected.add("the last post");
    Eventually.awaitAsserted(
        "what is to be found",
        () ->
            assertThat(found(ids, world.leads(task)))
                .containsExactlyInAnyOrderElementsOf(expected));
    assertThat(world.leads(task)).as("each once").hasSameSizeAs(expected);
    world.deleteTask(task);
  }

  @Test
  void live() {
    String channel = world.pushedChannel();
    long task = task(channel);
    awaitFound(task, postAll(channel), channel);
  }

  @Test
  void polled() {
    String channel = world.polledChannel();
    long task = task(channel);
    awaitFound(task, postAll(channel), channel);
  }

  @Test
  void with_the_difference_after_a_downtime() {
    String channel = world.pushedChannel();
    long task = task(channel);
    Map<String, Integer> ids = new LinkedHashMap<>();
    world.whileAway(() -> ids.putAll(postAll(channel)));
    awaitFound(task, ids, channel);
  }

  @Test
  void by_a_backfill() {
    String channel = world.pushedChannel();
    Map<String, Integer> ids = postAll(channel);
    long task = task(channel);
    world.backfill(task, 1_000);
    assertThat(found(ids, world.leads(task))).containsExactlyElementsOf(expected());
    assertThat(world.leads(task)).as("each once").hasSameSizeAs(expected());
    world.deleteTask(task);
  }

  @Test
  void in_a_preview() {
    String channel = world.pushedChannel();
    Map<String, Integer> ids = postAll(channel);
    JsonNode preview =
        world.post(
            "/api/tasks/preview",
            Map.of("source", channel, "include_keywords", INCLUDE, "exclude_keywords", EXCLUDE));
    assertThat(found(ids, LiveWorld.list(preview.path("posts"))))
        .containsExactlyElementsOf(expected());
    assertThat(preview.path("matched").asInt()).isEqualTo(expected().size());
  }
}
