package dev.jobradar.benchmarks.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.attack.Browser.Answer;
import dev.jobradar.benchmarks.attack.People.Person;
import dev.jobradar.benchmarks.attack.Witness.Attack;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The attacks, each bounded in count and time. */
final class Attacks {
  /** Posts of 4,080 characters in which a hostile group of words almost matches. */
  private static final int HOSTILE_POSTS = 100;

  private static final String HOSTILE_CHANNEL = "golangjobs";
  private static final String HOSTILE_POST = "a ".repeat(2_040).strip();

  /** Nearly all of its words are in such a post, many times; the last one is not. */
  private static final String HOSTILE_KEYWORD = "a ".repeat(98) + "zz";

  private static final int NETWORKS = 20_500;

  private final Target target;
  private final SandboxChild sandbox;
  private final People people;
  private final Duration length;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Attacks(Target target, SandboxChild sandbox, People people, Duration length) {
    this.target = target;
    this.sandbox = sandbox;
    this.people = people;
    this.length = length;
  }

  private boolean goesOn(long begun) {
    return System.nanoTime() - begun < length.toNanos();
  }

  /** Nothing: what the others are compared with. */
  Attack peace() {
    return () -> {
      TimeUnit.NANOSECONDS.sleep(length.toNanos() / 2);
      return "";
    };
  }

  /** Two previews and a backfill at a time, of keywords within the limits. */
  Attack keywords() throws IOException, InterruptedException {
    List<Person> mallory = new ArrayList<>();
    List<Long> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Person one = people.signedIn();
      mallory.add(one);
      tasks.add(people.task(one, List.of(HOSTILE_CHANNEL), List.of(HOSTILE_KEYWORD)));
    }
    return () -> {
      for (int i = 0; i < HOSTILE_POSTS; i++) {
        sandbox.post(HOSTILE_CHANNEL, HOSTILE_POST);
      }
      long begun = System.nanoTime();
      Map<String, Integer> statuses = new TreeMap<>();
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < mallory.size(); i++) {
        Browser browser = mallory.get(i).browser();
        String task = "/api/tasks/" + tasks.get(i);
        boolean backfills = i == 2;
        work.add(() -> {
          while (goesOn(begun)) {
            Answer answer =
                backfills
                    ? browser.post(
                        task + "/backfill", Map.of("source", HOSTILE_CHANNEL, "wanted", 100))
                    : browser.post(task + "/preview", Map.of());
            count(statuses, (backfills ? "backfills " : "previews ") + answer.status());
            TimeUnit.MILLISECONDS.sleep(backfills ? 1_000 : 10);
          }
          return null;
        });
      }
      all(work);
      return statuses.toString();
    };
  }

  /** Starts and wrong codes for one number, from 26 addresses. */
  Attack oneNumber(Person victim) {
    return () -> {
      Map<String, Integer> answers = new TreeMap<>();
      for (int i = 0; i < 13; i++) {
        Browser one = new Browser(target, "198.18.%d.1".formatted(i));
        count(answers, "start " + one.post("/api/auth/start", phone(victim)).told());
        Browser other = new Browser(target, "198.18.%d.2".formatted(i));
        Answer wrong =
            other.post(
                "/api/auth/login-by-telegram", Map.of("phone", victim.phone(), "code", "00000"));
        count(answers, "code " + wrong.status());
      }
      TimeUnit.SECONDS.sleep(5);
      return answers.toString();
    };
  }

  /** Wrong codes of Telegram's from five addresses, as many as each is allowed. */
  Attack fiveAddresses() {
    return () -> {
      AtomicInteger wrong = new AtomicInteger();
      List<Callable<Void>> work = new ArrayList<>();
      for (int address = 0; address < 5; address++) {
        Browser browser = new Browser(target, "198.19.%d.1".formatted(address));
        List<Person> numbers = List.of(people.stranger(), people.stranger(), people.stranger());
        work.add(() -> {
          for (Person number : numbers) {
            Answer started = browser.post("/api/auth/start", phone(number));
            for (int i = 0; i < 5 && started.isOk(); i++) {
              Answer entered =
                  browser.post(
                      "/api/auth/submit-code",
                      Map.of("auth_id", started.text("auth_id"), "code", "54321"));
              if (entered.status() == 400) {
                wrong.incrementAndGet();
              }
            }
          }
          return null;
        });
      }
      all(work);
      TimeUnit.SECONDS.sleep(4);
      return wrong + " wrong codes reached Telegram";
    };
  }

  /** Wrong codes of ours, each from a /64 of its own within one /48. */
  Attack oneSite() {
    return () -> {
      long begun = System.nanoTime();
      AtomicInteger next = new AtomicInteger();
      AtomicInteger counted = new AtomicInteger();
      List<Callable<Void>> work = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        work.add(() -> {
          for (int i = next.getAndIncrement();
              i < NETWORKS && goesOn(begun);
              i = next.getAndIncrement()) {
            Browser browser = new Browser(target, "2001:db8:77:%x::1".formatted(i));
            Answer answer =
                browser.post(
                    "/api/auth/login-by-telegram",
                    Map.of("phone", "7900%07d".formatted(i), "code", "00000"));
            if (answer.status() == 400) {
              counted.incrementAndGet();
            }
          }
          return null;
        });
      }
      all(work);
      return "%,d of %,d wrong codes were tried".formatted(counted.get(), next.get() - 8);
    };
  }

  /** Addresses, cookies and bodies that no browser sends, on one connection at a time. */
  Attack malformed() {
    List<String> requests =
        List.of(
            "GET /?x=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/tasks?page=%c3%28 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: auth_token=\u0001\u00ff\r\n\r\n",
            "POST /api/auth/start HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 3\r\n\r\n{\"x",
            "GET /a;b=c/../../x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return () -> {
      long begun = System.nanoTime();
      long before = target.logged();
      Map<String, Integer> statuses = new TreeMap<>();
      int sent = 0;
      while (System.nanoTime() - begun < length.toNanos() / 2) {
        try (Socket socket = target.connect()) {
          String request = requests.get(sent++ % requests.size());
          socket
              .getOutputStream()
              .write(
                  request
                      .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                      .getBytes(ISO_8859_1));
          byte[] answer = socket.getInputStream().readNBytes(12);
          count(statuses, new String(answer, ISO_8859_1).replaceFirst("HTTP/1.1 ?", ""));
        }
      }
      return "%s; %,d bytes logged for each"
          .formatted(statuses, (target.logged() - before) / Math.max(1, sent));
    };
  }

  /** A signed-in user calls what asks Telegram, as fast as they can. */
  Attack calls() throws IOException, InterruptedException {
    Person mallory = people.signedIn();
    return () -> {
      long begun = System.nanoTime();
      Map<String, Integer> statuses = new TreeMap<>();
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Browser browser = mallory.browser().copy("198.18.99." + i);
        work.add(() -> {
          while (goesOn(begun)) {
            count(statuses, Integer.toString(browser.post("/api/user/refresh", Map.of()).status()));
          }
          return null;
        });
      }
      all(work);
      long reached = statuses.getOrDefault("200", 0);
      return "%s: %,d a second reach Telegram"
          .formatted(statuses, reached * 1_000 / Math.max(1, length.toMillis()));
    };
  }

  /** Another program holds the database's write lock for eight seconds. */
  Attack lock(Person reader) {
    return () -> {
      List<Callable<Integer>> edits = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Browser browser = reader.browser().copy("203.0.1.7");
        edits.add(() -> edit(browser));
      }
      List<Integer> during;
      try (Connection other = DriverManager.getConnection(target.databaseUrl());
          Statement statement = other.createStatement()) {
        statement.execute("begin immediate");
        List<Future<Integer>> all = edits.stream().map(threads::submit).toList();
        TimeUnit.SECONDS.sleep(8);
        statement.execute("rollback");
        during = new ArrayList<>();
        for (Future<Integer> each : all) {
          during.add(each.get());
        }
      } catch (SQLException | ExecutionException e) {
        throw new IOException("the lock", e);
      }
      int failed = 0;
      for (int i = 0; i < 40; i++) {
        failed += edit(reader.browser().copy("203.0.1.7")) == 200 ? 0 : 1;
      }
      return "edits meanwhile " + during + ", afterwards " + failed + " of 40 fail";
    };
  }

  private static int edit(Browser browser) throws IOException, InterruptedException {
    return browser.put("/api/user/settings", Map.of("alerts_personal", true)).status();
  }

  /** Connections that begin a request and never end it. */
  Attack slow(int count) {
    return () -> {
      List<Socket> sockets = new ArrayList<>();
      int refused = 0;
      try {
        for (int i = 0; i < count; i++) {
          try {
            Socket socket = target.connect();
            sockets.add(socket);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(ISO_8859_1));
          } catch (IOException e) {
            refused++;
          }
        }
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / 2);
      } finally {
        for (Socket each : sockets) {
          each.close();
        }
      }
      return "%,d connections, %,d refused".formatted(sockets.size(), refused);
    };
  }

  /** What a copied cookie is good for after its owner has disconnected Telegram. */
  Attack stolenCookie() throws IOException, InterruptedException {
    Person owner = people.signedIn();
    Browser thief = owner.browser().copy("198.18.98.1");
    return () -> {
      owner.browser().post("/api/user/disconnect-telegram", Map.of());
      TimeUnit.SECONDS.sleep(4);
      return "the copy answers " + thief.get("/api/user/me").status() + " afterwards";
    };
  }

  void close() {
    threads.shutdownNow();
  }

  private void all(List<Callable<Void>> work) throws IOException, InterruptedException {
    for (Future<Void> each : threads.invokeAll(work)) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException("an attacker failed", e.getCause());
      }
    }
  }

  private static void count(Map<String, Integer> counts, String what) {
    synchronized (counts) {
      counts.merge(what, 1, Integer::sum);
    }
  }

  private static Map<String, String> phone(Person person) {
    return Map.of("phone", person.phone());
  }
}
