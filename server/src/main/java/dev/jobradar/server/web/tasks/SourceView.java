package dev.jobradar.server.web.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source, as the API shows it.
 *
 * @param written what the person wrote, where that is no source
 * @param source its name without {@code @}; null when what was written is none
 * @param url its address on the web
 * @param status {@code ok}, {@code invalid}, {@code error} or {@code not_checked}
 * @param title as Telegram has it
 * @param kind {@code channel} or {@code group}
 * @param members how many it has, as far as Telegram tells
 * @param joined whether the account is a member: then its posts come at once, else they are asked
 *     for
 * @param error a stable name for what is wrong
 * @param detail the same in the person's language
 * @param since when a channel that stalls delivered last
 * @param skipped posts that could never be read
 * @param formerName what the channel was called before, while that is news
 * @param notice what the person should know of its name, in their language
 * @param errorCount how often it went wrong in a row
 * @param nextRetryAt when it is tried again
 * @param lastMessageId every message up to it was seen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceView(
    @Nullable String written,
    @Nullable String source,
    @Nullable String url,
    String status,
    @Nullable String title,
    @Nullable String kind,
    @Nullable Integer members,
    @Nullable Boolean joined,
    @Nullable String error,
    @Nullable String detail,
    @Nullable Integer errorCount,
    @Nullable Instant nextRetryAt,
    @Nullable Integer lastMessageId,
    @Nullable Instant since,
    @Nullable Skipped skipped,
    @Nullable String formerName,
    @Nullable String notice) {

  /**
   * Posts that could never be read.
   *
   * @param count how many at most
   * @param lastMessageId the last of them
   * @param detail the same in the person's language
   */
  public record Skipped(int count, int lastMessageId, String detail) {}
}
