package dev.jobradar.sandbox.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it stood when it was asked for.
 *
 * @param username its first active public name; null for a private channel
 * @param members how many have joined, the readers outside the sandbox among them
 * @param pts the position of its latest update
 * @param topPost the id of its newest post; 0 if it has none
 * @param creator who made it; null for those that came with the world
 * @param names all its public names, active or not
 * @param group whether everybody writes in it (a supergroup)
 * @param noForwards whether its posts may not be forwarded or copied
 * @param linked the group in which a channel's posts are discussed, or the channel of a group
 */
public record ChannelInfo(
    ChannelId id,
    @Nullable String username,
    String title,
    String about,
    int createdAt,
    int members,
    int pts,
    int topPost,
    @Nullable UserId creator,
    List<PublicName> names,
    boolean group,
    boolean noForwards,
    @Nullable ChannelId linked) {
  public ChannelInfo {
    names = List.copyOf(names);
  }
}
