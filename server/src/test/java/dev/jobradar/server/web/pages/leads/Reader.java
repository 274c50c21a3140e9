package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.LeadsFound;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.pages.browser.Pages;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody with a task, whose leads a test makes. */
final class Reader {
  private static final AtomicInteger POSTS = new AtomicInteger(1_000);

  private final Pages pages;
  final User user;
  final Task task;

  private Reader(Pages pages, User user, Task task) {
    this.pages = pages;
    this.user = user;
    this.task = task;
  }

  /** Whom no Telegram account knows: leads are put into the database. */
  static Reader offline(Pages pages) {
    User user = pages.person();
    Task task = create(pages, user.id(), new ChannelName("javajobs"));
    return new Reader(pages, user, task);
  }

  /** With an account at Telegram that watches a channel which it has joined. */
  static Reader watching(Pages pages) throws InterruptedException {
    ReadyAccount ready = pages.sandbox().readyAccounts(1).getFirst();
    UserId id =
        pages
            .bean(SessionStore.class)
            .signedIn(
                new Me(ready.user().value(), "Ann", null, null, ready.phone()),
                ready.phone(),
                SessionString.parse(ready.session()).session())
            .user();
    ChannelName channel =
        pages.sandbox().world().channels().stream()
            .filter(each -> each.username() != null)
            .filter(each -> pages.sandbox().world().joined(ready.user(), each.id()))
            .map(ChannelInfo::username)
            .map(ChannelName::parse)
            .findFirst()
            .orElseThrow();
    Task task = create(pages, id, channel);
    Tasks tasks = pages.bean(Tasks.class);
    Eventually.await(
        "the first check",
        () ->
            tasks.find(id, task.id()).orElseThrow().sources().stream()
                .allMatch(source -> source.lastMessageId() != null));
    return new Reader(pages, pages.bean(Users.class).find(id).orElseThrow(), task);
  }

  private static Task create(Pages pages, UserId user, ChannelName source) {
    return pages
        .bean(Tasks.class)
        .create(
            user,
            new TaskDraft(
                "Java в Москве",
                TaskStatus.RUNNING,
                List.of("java", "разработчик"),
                List.of(),
                true,
                null,
                false,
                List.of(source)),
            1)
        .orElseThrow();
  }

  /** A lead of a post that is so old. */
  LeadId lead(String text, Duration age) {
    return pages
        .bean(TransactionTemplate.class)
        .execute(_ ->
            TestLeads.store(
                pages.bean(JdbcClient.class),
                task,
                TestLeads.post(
                    POSTS.incrementAndGet(),
                    text,
                    Instant.now().minus(age).truncatedTo(ChronoUnit.SECONDS))));
  }

  /** A new lead, of which the pages hear. */
  LeadId arrives(String text, Duration age) {
    LeadId id = lead(text, age);
    pages.publish(new LeadsFound(user.id(), List.of(id)));
    return id;
  }

  /** Leads of posts of which each is a minute older than the one before. */
  List<LeadId> leads(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> lead("Java: вакансия номер " + i, Duration.ofMinutes(i)))
        .toList();
  }
}
