package dev.jobradar.telegram;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A channel or supergroup as one account sees it.
 *
 * @param peer its id, and the hash that lets this account address it
 * @param username its public name without the {@code @}, null when it has none
 * @param title its title
 * @param kind what it is
 * @param joined whether this account is a member
 * @param memberCount how many members it has, -1 when Telegram does not tell
 */
public record Channel(
    ChannelPeer peer,
    @Nullable String username,
    String title,
    Kind kind,
    boolean joined,
    int memberCount) {
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
