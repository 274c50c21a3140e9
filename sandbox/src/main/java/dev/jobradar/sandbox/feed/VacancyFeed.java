package dev.jobradar.sandbox.feed;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the channels of a world: first with a history, then post by post. The same seed makes the
 * same posts. Safe for use by several threads.
 */
public final class VacancyFeed {

  private static final int DAY = 86_400;

  /** Jobs and posts that are still talked of. */
  private static final int REMEMBERED = 50;

  private final World world;
  private final SeededRandom dice;
  private final Vacancies vacancies;
  private final PostWriter writer;
  private final Deque<Told> told = new ArrayDeque<>();
  private final Deque<Vacancy> jobs = new ArrayDeque<>();

  /** A post that was made, as far as the world lets it be edited. */
  private record Told(ChannelId channel, Language language, int postId, String text) {}

  public VacancyFeed(World world, long seed) {
    this.world = world;
    this.dice = new SeededRandom(seed);
    this.vacancies = new Vacancies(dice);
    this.writer = new PostWriter(dice);
  }

  /** Makes all channels with their history, which ends now. Only in a new world. */
  public synchronized void begin() {
    for (ChannelPlan plan : ChannelPlan.ALL) {
      List<Integer> ages = new ArrayList<>();
      int age = 0;
      for (int i = 0; i < plan.history(); i++) {
        age += dice.between(60, DAY / 6);
        ages.addFirst(age);
      }
      int first = world.now() - age - DAY;
      ChannelInfo channel =
          world.makeChannel(
              plan.username(),
              plan.title(),
              plan.about(),
              first,
              plan.audience(),
              plan.joinedByNew(),
              null);
      ages.forEach(old -> tell(plan, channel.id(), world.now() - old));
    }
  }

  /** Makes one post, in one channel or another; now and then an older one is edited too. */
  public synchronized void next() {
    if (dice.happens(4) && !told.isEmpty()) {
      edit();
    }
    List<ChannelPlan> plans = ChannelPlan.ALL;
    for (int tries = 0; tries < plans.size(); tries++) {
      ChannelPlan plan = dice.one(plans);
      ChannelId channel = find(plan);
      if (channel != null) {
        tell(plan, channel, world.now());
        return;
      }
    }
  }

  private @Nullable ChannelId find(ChannelPlan plan) {
    Peer peer = world.byUsername(plan.username()).orElse(null);
    return peer instanceof ChannelId id ? id : null;
  }

  private void tell(ChannelPlan plan, ChannelId channel, int date) {
    String text = dice.happens(6) ? writer.chatter(plan) : writer.write(job(plan), plan.language());
    int id = world.post(channel, text, List.of(), date).id();
    remember(told, new Told(channel, plan.language(), id, text));
  }

  /** A new job, or one that another channel has posted. */
  private Vacancy job(ChannelPlan plan) {
    if (dice.happens(12)) {
      List<Vacancy> known =
          jobs.stream().filter(job -> job.role().field() == plan.field()).toList();
      if (!known.isEmpty()) {
        return vacancies.retold(dice.one(known));
      }
    }
    Vacancy made = vacancies.make(plan);
    remember(jobs, made);
    return made;
  }

  private void edit() {
    Told post = dice.one(List.copyOf(told));
    if (!world.posts(post.channel(), List.of(post.postId())).isEmpty()) {
      world.edit(
          post.channel(), post.postId(), writer.edited(post.text(), post.language()), List.of());
    }
  }

  private static <T> void remember(Deque<T> recent, T one) {
    recent.addLast(one);
    if (recent.size() > REMEMBERED) {
      recent.removeFirst();
    }
  }
}
