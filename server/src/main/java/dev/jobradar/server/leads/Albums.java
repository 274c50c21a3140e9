package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.telegram.content.MessageContent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An album comes as several messages and is one post: whichever part has the words, all of them
 * count. Parts that come apart are told by their album's id where leads are written.
 */
final class Albums {
  private Albums() {}

  /**
   * Posts with each album as one, which has the id of its first part; in the order of the posts.
   */
  static List<ReceivedPost> joined(List<ReceivedPost> posts) {
    if (posts.stream().allMatch(post -> post.albumId() == null)) {
      return posts;
    }
    Map<Object, List<ReceivedPost>> parts = new LinkedHashMap<>();
    for (ReceivedPost post : posts) {
      Long album = post.albumId();
      parts.computeIfAbsent(album == null ? post : album, key -> new ArrayList<>()).add(post);
    }
    return parts.values().stream().map(Albums::joinedParts).toList();
  }

  private static ReceivedPost joinedParts(List<ReceivedPost> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<ReceivedPost> ordered =
        parts.stream().sorted(Comparator.comparingInt(ReceivedPost::id)).toList();
    ReceivedPost first = ordered.getFirst();
    return new ReceivedPost(
        first.id(),
        first.date(),
        MessageContent.join(ordered.stream().map(ReceivedPost::content).toList()),
        first.outgoing(),
        first.albumId(),
        first.forwardedFrom(),
        ordered.stream().anyMatch(ReceivedPost::isProtected),
        ordered.stream()
            .map(ReceivedPost::editedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null));
  }
}
