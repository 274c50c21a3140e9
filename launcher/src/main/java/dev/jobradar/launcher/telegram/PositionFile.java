package dev.jobradar.launcher.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far an account and its channels have been watched; kept in a file, or in memory alone. Not
 * thread-safe.
 */
final class PositionFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final @Nullable Path path;
  private final long account;
  private @Nullable String common;
  private final Map<Long, String> channels = new TreeMap<>();
  private final Set<Long> inStep = new TreeSet<>();

  private PositionFile(@Nullable Path path, long account) {
    this.path = path;
    this.account = account;
  }

  /**
   * @param path null to keep nothing
   * @param account whose positions; those of another account are of no use
   */
  static PositionFile read(@Nullable Path path, long account) throws IOException {
    PositionFile positions = new PositionFile(path, account);
    if (path == null) {
      return positions;
    }
    try {
      JsonNode json = MAPPER.readTree(Files.readString(path));
      if (json.path("account").asLong() != account) {
        throw new FailedException("the position file belongs to another account");
      }
      positions.common = json.path("common").stringValue(null);
      for (Map.Entry<String, JsonNode> each : json.path("channels").properties()) {
        long id = Long.parseLong(each.getKey());
        positions.channels.put(id, each.getValue().path("position").asString());
        if (each.getValue().path("in_step").asBoolean(false)) {
          positions.inStep.add(id);
        }
      }
      positions.common();
      positions.channels.values().forEach(ChannelPosition::parse);
    } catch (NoSuchFileException none) {
      // The first time.
    } catch (JacksonException | IllegalArgumentException e) {
      throw new FailedException("the position file cannot be read; name another one");
    }
    return positions;
  }

  @Nullable CommonPosition common() {
    return common == null ? null : CommonPosition.parse(common);
  }

  boolean knows(long channelId) {
    return channels.containsKey(channelId);
  }

  Watch watch(ChannelPeer peer) {
    String position = channels.get(peer.id());
    return position == null
        ? Watch.of(peer, ChannelPosition.NEWEST)
        : new Watch(peer, ChannelPosition.parse(position), inStep.contains(peer.id()));
  }

  void moved(long channelId, ChannelPosition position) {
    channels.put(channelId, position.text());
    write();
  }

  void moved(AccountUpdateBatch news) {
    common = news.position().text();
    inStep.clear();
    inStep.addAll(news.watched());
    write();
  }

  /** Whole or not at all. */
  private void write() {
    if (path == null) {
      return;
    }
    Map<String, Object> kept = new TreeMap<>();
    channels.forEach((id, position) ->
        kept.put(id.toString(), Map.of("position", position, "in_step", inStep.contains(id))));
    Map<String, Object> json = new TreeMap<>(Map.of("account", account, "channels", kept));
    if (common != null) {
      json.put("common", common);
    }
    try {
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.write(fresh, (MAPPER.writeValueAsString(json) + "\n").getBytes(UTF_8));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("the position file cannot be written", e);
    }
  }
}
