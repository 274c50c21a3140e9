package dev.jobradar.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the sandbox was seen to do, by the lines that it writes: requests of some accounts, and when
 * each of their messages was sent. Thread-safe.
 */
public final class Watched {
  private static final String SEND = "messages.sendMessage";

  private final Map<Long, Map<String, Integer>> requests = new HashMap<>();
  private final Map<Long, List<Long>> sent = new HashMap<>();
  private final Set<String> errors = new HashSet<>();
  private long dropped;
  private long allSent;
  private long lastSent;

  /**
   * Takes an event.
   *
   * @param nanos when it was seen
   */
  public synchronized void on(JsonNode event, long nanos) {
    switch (event.path("event").asString("")) {
      case "rpc" -> {
        String method = event.path("method").asString("");
        long user = event.path("user_id").asLong(0);
        requests.computeIfAbsent(user, _ -> new TreeMap<>()).merge(method, 1, Integer::sum);
        if (event.has("error")) {
          errors.add(method + " " + event.path("error").asString(""));
        } else if (method.equals(SEND)) {
          sent.computeIfAbsent(user, _ -> new ArrayList<>()).add(nanos);
          allSent++;
          lastSent = nanos;
        }
      }
      case "dropped" -> dropped += event.path("rpc").asLong(0) + event.path("other").asLong(0);
      default -> {}
    }
  }

  /** Forgets requests and errors, not what was sent. */
  public synchronized void resetConnectionCounts() {
    requests.clear();
    errors.clear();
  }

  /** How many requests these accounts have made since, by method. */
  public synchronized Map<String, Integer> requests(List<Long> accounts) {
    Map<String, Integer> sum = new TreeMap<>();
    for (long account : accounts) {
      requests
          .getOrDefault(account, Map.of())
          .forEach((method, count) -> sum.merge(method, count, Integer::sum));
    }
    return sum;
  }

  /** Errors that requests were answered with since, with their methods. */
  public synchronized Set<String> errors() {
    return Set.copyOf(errors);
  }

  /** How many messages were sent so far, by all accounts. */
  public synchronized long allSent() {
    return allSent;
  }

  /** When the last message was sent; 0 before the first. */
  public synchronized long lastSent() {
    return lastSent;
  }

  /** How many lines the sandbox left out so far: what is counted here is short of them. */
  public synchronized long dropped() {
    return dropped;
  }

  /** When each message of an account was sent, as far as that was seen by now. */
  public synchronized List<Long> sentBy(long account) {
    return List.copyOf(sent.getOrDefault(account, List.of()));
  }

  /**
   * The messages of an account with the moments at which they were sent, as far as that was seen by
   * now.
   *
   * @param texts all that lies in its Saved Messages, oldest first
   */
  public synchronized List<Message> messages(long account, List<String> texts) {
    List<Long> times = sent.getOrDefault(account, List.of());
    List<Message> messages = new ArrayList<>(texts.size());
    for (int i = 0; i < Math.min(times.size(), texts.size()); i++) {
      messages.add(new Message(times.get(i), PostNumber.in(texts.get(i))));
    }
    return messages;
  }

  /**
   * To be asked once nothing is sent any more.
   *
   * @param texts how many messages lie in its Saved Messages
   * @throws IllegalStateException when another number was seen to be sent: then nothing is known
   */
  public synchronized void requireWhole(long account, int texts) {
    int seen = sent.getOrDefault(account, List.of()).size();
    if (dropped > 0 || seen != texts) {
      throw new IllegalStateException(
          "%,d messages lie there, %,d were seen to be sent; the sandbox left %,d lines out"
              .formatted(texts, seen, dropped));
    }
  }

  /**
   * A message.
   *
   * @param nanos when it was sent
   * @param posts the numbers of the posts that it tells of
   */
  public record Message(long nanos, List<Integer> posts) {
    /** Copies. */
    public Message {
      posts = List.copyOf(posts);
    }
  }
}
