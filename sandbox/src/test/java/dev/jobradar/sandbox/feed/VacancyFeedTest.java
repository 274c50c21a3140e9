package dev.jobradar.sandbox.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VacancyFeedTest {

  private static final int NOW = 1_750_000_000;

  private static World world(long seed) {
    World world = World.inMemory(() -> Instant.ofEpochSecond(NOW));
    new VacancyFeed(world, seed).begin();
    return world;
  }

  private static List<Post> posts(World world, ChannelInfo channel) {
    List<Post> posts = new ArrayList<>();
    for (int below = 0; ; below = posts.getLast().id()) {
      List<Post> page =
          world.history(channel.id(), new HistoryQuery(below, 0, 0, 100, 0, 0)).items();
      if (page.isEmpty()) {
        return posts;
      }
      posts.addAll(page);
    }
  }

  @Test
  void java_and_go_jobs_come_first_with_500_posts_each() {
    World world = world(1);

    assertThat(world.channels()).hasSizeGreaterThan(20);
    assertThat(world.channels().subList(0, 2))
        .extracting(ChannelInfo::username)
        .containsExactly("javajobs", "golangjobs");
    assertThat(posts(world, world.channels().get(0))).hasSize(500);
    assertThat(posts(world, world.channels().get(1))).hasSize(500);
  }

  @Test
  void the_same_seed_makes_the_same_posts_and_another_makes_others() {
    World world = world(1);
    World same = world(1);
    World other = world(2);

    for (int i = 0; i < world.channels().size(); i++) {
      List<Post> posts = posts(world, world.channels().get(i));
      assertThat(posts).isEqualTo(posts(same, same.channels().get(i)));
      assertThat(posts).isNotEqualTo(posts(other, other.channels().get(i)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA, Java-разработчик, Java-разработчика, Java-разработчики, Java-разработчиков",
    "TESTER, тестировщик, тестировщика, тестировщики, тестировщиков",
    "ONE_C, 1С-программист, 1С-программиста, 1С-программисты, 1С-программистов",
    "TARGETING, таргетолог, таргетолога, таргетологи, таргетологов",
    "GRAPHIC, графический дизайнер, графического дизайнера, графические дизайнеры,"
        + " графических дизайнеров",
    "ASSISTANT, личный ассистент, личного ассистента, личные ассистенты, личных ассистентов",
  })
  void roles_have_the_forms_of_russian(
      String name, String one, String whom, String many, String ofMany) throws Exception {
    JobTitle role = (JobTitle) JobTitles.class.getDeclaredField(name).get(null);

    assertThat(List.of(role.one(), role.whom(), role.many(), role.ofMany()))
        .containsExactly(one, whom, many, ofMany);
  }

  @Test
  void history_ends_before_now_and_its_dates_rise() {
    World world = world(1);
    for (ChannelInfo channel : world.channels()) {
      List<Post> posts = posts(world, channel).reversed();
      assertThat(posts).isSortedAccordingTo((a, b) -> Integer.compare(a.date(), b.date()));
      assertThat(posts.getLast().date()).isLessThan(NOW);
      assertThat(posts.getFirst().date()).isGreaterThan(channel.createdAt());
    }
  }

  @Test
  void posts_vary() {
    World world = world(1);
    List<String> texts =
        posts(world, world.channels().getFirst()).stream().map(Post::text).toList();

    assertThat(new HashSet<>(texts)).hasSizeGreaterThan(450);
    // The forms of the word, and both scripts of the trade.
    for (String form :
        List.of("разработчик ", "разработчика ", "разработчики", "разработчиков", "#вакансия")) {
      assertThat(texts).anyMatch(text -> (text + " ").contains(form));
    }
    assertThat(texts).anyMatch(text -> Pattern.compile("\\d+–\\d+к").matcher(text).find());
    assertThat(texts).anyMatch(text -> text.contains("#резюме"));
    assertThat(texts).allMatch(text -> !text.isBlank() && text.length() < 4_096);
  }

  @Test
  void both_languages_and_both_kinds_of_channels_are_there() {
    assertThat(ChannelPlan.ALL).extracting(ChannelPlan::language).contains(Language.values());
    assertThat(ChannelPlan.ALL).extracting(ChannelPlan::field).contains(JobField.values());
    assertThat(ChannelPlan.ALL).filteredOn(ChannelPlan::joinedByNew).hasSizeBetween(8, 16);
    assertThat(ChannelPlan.ALL).extracting(ChannelPlan::username).doesNotHaveDuplicates();
  }

  @Test
  void a_job_is_told_of_in_more_than_one_channel() {
    World world = world(1);
    Set<String> seen = new HashSet<>();
    Set<String> again = new HashSet<>();
    Pattern company = Pattern.compile("«([^»]+)»");
    for (ChannelInfo channel : world.channels()) {
      Set<String> here = new HashSet<>();
      for (Post post : posts(world, channel)) {
        var matcher = company.matcher(post.text());
        if (matcher.find()) {
          here.add(matcher.group(1));
        }
      }
      here.stream().filter(name -> !seen.add(name)).forEach(again::add);
    }
    assertThat(again).isNotEmpty();
  }

  @Test
  void the_feed_goes_on_with_posts_and_edits() {
    World world = World.inMemory(() -> Instant.ofEpochSecond(NOW));
    VacancyFeed feed = new VacancyFeed(world, 1);
    feed.begin();
    long before = world.messages();
    List<Integer> positions = world.channels().stream().map(ChannelInfo::pts).toList();

    for (int i = 0; i < 1_000; i++) {
      feed.next();
    }

    assertThat(world.messages()).isEqualTo(before + 1_000);
    int moved = world.channels().stream().mapToInt(ChannelInfo::pts).sum();
    int stood = positions.stream().mapToInt(Integer::intValue).sum();
    assertThat(moved - stood).as("posts and some edits").isBetween(1_010, 1_100);
    ChannelId channel = world.channels().getFirst().id();
    assertThat(world.history(channel, HistoryQuery.newest(1)).total()).isGreaterThan(500);
  }

  @Test
  @Timeout(20)
  void a_feed_keeps_to_its_rate() throws InterruptedException {
    World world = World.inMemory(() -> Instant.ofEpochSecond(NOW));
    VacancyFeed feed = new VacancyFeed(world, 1);
    feed.begin();
    long before = world.messages();
    try (FeedClock clock = new FeedClock(feed, 0)) {
      clock.rate(FeedClock.MAX_POSTS_PER_MINUTE);
      while (world.messages() < before + 200) {
        Thread.onSpinWait();
      }
    }
    long after = world.messages();
    assertThat(after).isGreaterThanOrEqualTo(before + 200);
  }
}
