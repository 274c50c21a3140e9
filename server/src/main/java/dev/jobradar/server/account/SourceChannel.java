package dev.jobradar.server.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel as one account sees it.
 *
 * @param channel its address
 * @param names its public names without {@code @}, as Telegram writes them, the main one first;
 *     none for a channel that has none now
 * @param title its title
 * @param broadcast whether only its owners write there
 * @param joined whether the account is a member
 * @param members how many members it has, null when Telegram does not tell
 * @param isProtected whether it forbids copies of its posts
 */
public record SourceChannel(
    ChannelRef channel,
    List<String> names,
    String title,
    boolean broadcast,
    boolean joined,
    @Nullable Integer members,
    boolean isProtected) {
  /** Copies the list. */
  public SourceChannel {
    names = List.copyOf(names);
  }
}
