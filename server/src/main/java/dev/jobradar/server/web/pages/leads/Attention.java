package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import dev.jobradar.server.web.pages.Moments;
import dev.jobradar.server.web.pages.PageTexts;
import dev.jobradar.server.web.tasks.SourceErrorTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a person should look at: what is broken, silent, or near its end. Thread-safe. */
@Component
class Attention {
  /** A channel that gave nothing for so long may be dead. */
  static final Duration SILENT = Duration.ofDays(7);

  /** A plan that ends so soon is to be chosen anew. */
  static final Duration ENDING = Duration.ofDays(3);

  private final Tasks tasks;
  private final Accounts accounts;
  private final DeliveryStatus delivery;
  private final DeliveryTexts deliveryTexts;
  private final SourceErrorTexts sourceTexts;
  private final PageTexts texts;

  Attention(
      Tasks tasks,
      Accounts accounts,
      DeliveryStatus delivery,
      DeliveryTexts deliveryTexts,
      SourceErrorTexts sourceTexts,
      PageTexts texts) {
    this.tasks = tasks;
    this.accounts = accounts;
    this.delivery = delivery;
    this.deliveryTexts = deliveryTexts;
    this.sourceTexts = sourceTexts;
    this.texts = texts;
  }

  /**
   * Something to look at.
   *
   * @param kind {@code bad} or {@code warn}
   * @param text what is wrong
   * @param address where it can be mended
   * @param act what to do there
   */
  record Item(String kind, String text, String address, String act) {}

  /** All of it, what is worst first. */
  List<Item> of(User user, Moments when, Locale locale) {
    List<Item> items = new ArrayList<>();
    telegram(user.id(), items, locale);
    plan(user, when, items, locale);
    List<Task> all = tasks.of(user.id());
    sources(all, items, locale);
    problems(user.id(), items, locale);
    silent(user.id(), all, when, items, locale);
    return items;
  }

  private void telegram(UserId user, List<Item> items, Locale locale) {
    String key =
        switch (accounts.state(user)) {
          case AccountState.NotSignedIn none -> "not_signed_in";
          case AccountState.SessionEnded ended -> "session_ended";
          case AccountState.Asleep asleep -> null;
          case AccountState.Connecting connecting -> null;
          case AccountState.Connected connected -> null;
        };
    if (key != null) {
      add(items, "bad", "/telegram", "telegram", locale, text(locale, "telegram." + key));
    }
  }

  private void plan(User user, Moments when, List<Item> items, Locale locale) {
    Instant until = user.planUntil();
    if (until != null && until.isBefore(when.now().plus(ENDING))) {
      boolean over = user.planAt(when.now()) == Plan.EXPIRED;
      add(
          items,
          over ? "bad" : "warn",
          "/plan",
          "plan",
          locale,
          text(locale, over ? "plan.over" : "plan.ending", when.dateTime(until)));
    }
    int allowed = user.planAt(when.now()).tasks();
    if (allowed > 0 && tasks.count(user.id()) >= allowed) {
      add(items, "warn", "/plan", "plan", locale, text(locale, "plan.tasks", allowed));
    }
  }

  private void sources(List<Task> all, List<Item> items, Locale locale) {
    for (Task task : all) {
      for (Source source : task.sources()) {
        if (source.status() == SourceStatus.OK) {
          continue;
        }
        String error = source.lastError();
        add(
            items,
            source.status() == SourceStatus.INVALID ? "bad" : "warn",
            "/tasks/" + task.id().value(),
            "task",
            locale,
            text(
                locale,
                "source",
                source.name(),
                task.name(),
                error == null ? "" : sourceTexts.text(error, null, locale)));
      }
    }
  }

  private void problems(UserId user, List<Item> items, Locale locale) {
    delivery
        .problems(user)
        .forEach(problem ->
            add(
                items,
                "bad",
                "/tasks/" + problem.task().value(),
                "task",
                locale,
                text(
                    locale,
                    "delivery",
                    problem.destination().equals("self")
                        ? text(locale, "saved_messages")
                        : "@" + problem.destination(),
                    deliveryTexts.text(problem, locale))));
  }

  private void silent(UserId user, List<Task> all, Moments when, List<Item> items, Locale locale) {
    Map<Long, String> names =
        all.stream().collect(Collectors.toMap(each -> each.id().value(), Task::name));
    for (Source source : tasks.silentSince(user, when.now().minus(SILENT))) {
      add(
          items,
          "warn",
          "/tasks/" + source.task().value(),
          "task",
          locale,
          text(
              locale,
              "silent",
              source.name(),
              names.getOrDefault(source.task().value(), ""),
              SILENT.toDays()));
    }
  }

  private void add(
      List<Item> items, String kind, String address, String act, Locale locale, String what) {
    items.add(new Item(kind, what, address, text(locale, "act." + act)));
  }

  private String text(Locale locale, String key, Object... arguments) {
    return texts.text(locale, "pages.overview.attention." + key, arguments);
  }
}
