package dev.jobradar.telegram;

import dev.jobradar.tl.api.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A channel or supergroup as one account sees it.
 *
 * @param peer its id, and the hash that lets this account address it
 * @param usernames its active public names without the {@code @}, the main one first; none for a
 *     private channel (core.telegram.org/api/invites#public-usernames)
 * @param title its title
 * @param kind what it is
 * @param joined whether this account is a member
 * @param memberCount how many members it has, -1 when Telegram does not tell
 * @param isProtected whether it forbids copies of all its posts, without saying so at each
 *     (core.telegram.org/api/content-protection)
 */
public record Channel(
    ChannelPeer peer,
    List<String> usernames,
    String title,
    Kind kind,
    boolean joined,
    int memberCount,
    boolean isProtected) {
  /** Copies the list. */
  public Channel {
    usernames = List.copyOf(usernames);
  }

  /** Its main public name without the {@code @}, null when it has none. */
  public @Nullable String username() {
    return usernames.isEmpty() ? null : usernames.getFirst();
  }

  /** Whether this is one of its active public names; case does not matter. */
  public boolean hasName(String name) {
    return usernames.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** A channel as Telegram described it; without an access hash that address is of no use. */
  static Channel of(dev.jobradar.tl.api.Channel channel) {
    Long hash = channel.accessHash();
    return of(channel, new ChannelPeer(channel.id(), hash == null ? 0 : hash), -1);
  }

  /**
   * @param members how many members it has if that is known from elsewhere, else -1
   */
  static Channel of(dev.jobradar.tl.api.Channel channel, ChannelPeer peer, int members) {
    Integer count = channel.participantsCount();
    return new Channel(
        peer,
        namesOf(channel),
        channel.title(),
        channel.broadcast() ? Kind.BROADCAST : Kind.GROUP,
        !channel.left(),
        members >= 0 || count == null ? members : count,
        channel.noforwards());
  }

  /** With several names {@code usernames} holds them all, and {@code username} is absent. */
  private static List<String> namesOf(dev.jobradar.tl.api.Channel channel) {
    List<String> names = new ArrayList<>();
    if (channel.username() != null) {
      names.add(channel.username());
    }
    List<Username> several = channel.usernames();
    if (several != null) {
      several.stream()
          .filter(Username::active)
          .map(Username::username)
          .filter(name -> !names.contains(name))
          .forEach(names::add);
    }
    return names;
  }

  /** What a channel is. */
  public enum Kind {
    /** Only its owners write. */
    BROADCAST,
    /** Its members write. */
    GROUP
  }

  /** How many members it has, empty when Telegram does not tell. */
  public OptionalInt members() {
    return memberCount < 0 ? OptionalInt.empty() : OptionalInt.of(memberCount);
  }
}
