package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.channels.ChannelName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a post says to answer to.
 *
 * @param text as the person reads it
 * @param telegram whether it is somebody in Telegram
 */
record Contact(String href, String text, boolean telegram) {
  private static final Pattern ACCOUNT =
      Pattern.compile("(?:https?://(?:t|telegram)\\.me/[A-Za-z]\\w{3,31}/?|tg://user\\?id=\\d+)");

  /** The first account that is not the channel itself, else the first mailbox or phone number. */
  static Optional<Contact> of(PostText text, ChannelName source) {
    List<PostText.Piece> links =
        text.pieces().stream().filter(piece -> piece.href() != null).toList();
    return links.stream()
        .filter(piece -> isAccount(String.valueOf(piece.href()), source))
        .map(piece -> of(piece, true))
        .findFirst()
        .or(() ->
            links.stream()
                .filter(piece ->
                    String.valueOf(piece.href()).startsWith("mailto:")
                        || String.valueOf(piece.href()).startsWith("tel:"))
                .map(piece -> of(piece, false))
                .findFirst());
  }

  private static Contact of(PostText.Piece piece, boolean telegram) {
    String href = String.valueOf(piece.href());
    String text =
        telegram && href.startsWith("http")
            ? "@" + href.replaceFirst("/$", "").replaceFirst(".*/", "")
            : piece.text();
    return new Contact(href, text, telegram);
  }

  private static boolean isAccount(String href, ChannelName source) {
    return ACCOUNT.matcher(href).matches()
        && !href.replaceFirst("/$", "").toLowerCase(Locale.ROOT).endsWith("/" + source.value())
        && !href.toLowerCase(Locale.ROOT).matches(".*/(?:joinchat|addlist|share|addstickers)/?");
  }
}
