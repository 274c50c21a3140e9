package dev.jobradar.launcher.service;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what arrives in Saved Messages: the demo's people have no Telegram app to look into. */
final class DemoInbox {
  private static final Logger log = LoggerFactory.getLogger(DemoInbox.class);
  private static final Duration LOOK = Duration.ofMillis(300);

  private final Sandbox sandbox;
  private final PrintWriter out;
  private final Map<UserId, Integer> shown = new HashMap<>();

  DemoInbox(Sandbox sandbox, PrintWriter out) {
    this.sandbox = sandbox;
    this.out = out;
  }

  void start() {
    Thread.ofVirtual().name("demo-inbox").start(this::watch);
  }

  private void watch() {
    while (true) {
      look();
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One look that fails is no reason not to look again. */
  private void look() {
    try {
      for (UserId account : sandbox.connectionsOfAccounts().keySet()) {
        show(account);
      }
    } catch (RuntimeException e) {
      log.warn("Saved Messages could not be looked at", e);
    }
  }

  private void show(UserId account) {
    List<Update.NewMessage> messages = sandbox.savedMessages(account);
    int from = shown.getOrDefault(account, 0);
    for (Update.NewMessage message : messages.subList(from, messages.size())) {
      String phone = sandbox.world().user(account).map(user -> "+" + user.phone()).orElse("?");
      out.println("── Telegram, Saved Messages of " + phone);
      message.message().text().lines().forEach(line -> out.println("   " + line));
      out.println();
    }
    out.flush();
    shown.put(account, messages.size());
  }
}
