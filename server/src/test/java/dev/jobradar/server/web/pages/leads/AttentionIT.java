package dev.jobradar.server.web.pages.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import dev.jobradar.server.web.pages.Moments;
import dev.jobradar.server.web.pages.PageTexts;
import dev.jobradar.server.web.pages.leads.Attention.Item;
import dev.jobradar.server.web.tasks.TestTaskApi;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class AttentionIT {
  private final DeliveryWorld world;
  private final PageTexts texts = new PageTexts(TestWeb.messages());
  private final UserId ann;

  AttentionIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
    ann = world.user(1);
  }

  @BeforeEach
  void connected() {
    world.accounts.state(ann, new AccountState.Connected(world.clock.instant()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private List<Item> items(Locale locale) {
    User user = world.users.find(ann).orElseThrow();
    return new Attention(
            world.tasks,
            world.accounts,
            world.delivery(),
            TestDeliveryApi.texts(world.clock),
            TestTaskApi.errors(),
            texts)
        .of(user, new Moments(locale, ZoneOffset.UTC, world.clock.instant(), texts), locale);
  }

  @Test
  void who_has_nothing_to_worry_about_is_told_nothing() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    assertThat(items(Locale.ENGLISH)).isEmpty();
  }

  @Test
  void a_session_that_ended_comes_first() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA));
    world.tasks.failed(task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", null));
    world.accounts.state(ann, new AccountState.SessionEnded("SESSION_REVOKED"));
    assertThat(items(Locale.ENGLISH))
        .extracting(Item::text)
        .containsExactly(
            "Telegram ended the session: new posts are not read.",
            "The channel @javajobs (task “Task”) cannot be read. The channel is closed to your"
                + " account.");
    assertThat(items(Locale.of("ru")).getFirst())
        .isEqualTo(
            new Item(
                "bad",
                "Telegram завершил сеанс: новые посты не читаются.",
                "/telegram",
                "Подключить Telegram"));
  }

  @Test
  void a_channel_that_gave_nothing_for_a_week_is_named_until_it_gives_something() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA, GO));
    world.clock.advance(Attention.SILENT.plus(Duration.ofMinutes(1)));
    world.posts(ann, JAVA_ID, world.post(5, "anything"));
    // How far it was read is stored now and then.
    world.tasks.seen(task.id(), JAVA, 5);
    assertThat(items(Locale.of("ru")))
        .singleElement()
        .isEqualTo(
            new Item(
                "warn",
                "В канале @golangjobs (задача «Task») нет новых постов 7 дней.",
                "/tasks/" + task.id().value(),
                "Открыть задачу"));
    world.tasks.seen(task.id(), GO, 9);
    assertThat(items(Locale.ENGLISH)).isEmpty();
  }

  @Test
  void a_plan_that_ends_soon_and_one_that_is_full_are_told_before_they_bite() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    long soon = world.clock.instant().plus(Duration.ofDays(2)).toEpochMilli();
    world
        .database
        .client()
        .sql("update users set plan = 'start', plan_until = ?")
        .param(soon)
        .update();
    assertThat(items(Locale.ENGLISH))
        .extracting(Item::kind, Item::address)
        .containsExactly(tuple("warn", "/plan"), tuple("warn", "/plan"));
    world.clock.advance(Duration.ofDays(3));
    assertThat(items(Locale.ENGLISH)).first().extracting(Item::kind).isEqualTo("bad");
  }
}
