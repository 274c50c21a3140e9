package dev.jobradar.server.web.pages.account;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who runs this JobRadar.
 *
 * @param contact where they are reached: a mail address, a link or other words; null when they do
 *     not say
 * @param demo whether this is the demo, whose Telegram is on this machine
 */
@ConfigurationProperties("jobradar")
record Operator(@Nullable String contact, @DefaultValue("false") boolean demo) {
  private static final Pattern MAIL = Pattern.compile("[^\\s@/:?&]+@[^\\s@/:?&]+");

  /** Null instead of blanks. */
  Operator {
    contact = contact == null || contact.isBlank() ? null : contact.strip();
  }

  /** The contact as an address of the web; null when it is none. */
  public @Nullable String link() {
    if (contact == null) {
      return null;
    }
    return MAIL.matcher(contact).matches()
        ? "mailto:" + contact
        : contact.startsWith("https://") ? contact : null;
  }
}
