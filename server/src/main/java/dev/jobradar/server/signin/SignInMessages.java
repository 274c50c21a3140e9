package dev.jobradar.server.signin;

import dev.jobradar.server.users.User;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What is said about sign-ins where only an account's owner can read it, in their language. */
final class SignInMessages {
  private SignInMessages() {}

  /** The message with a code: which browser asked from where, and what to do about strangers. */
  static String code(User user, String code, Requester who) {
    ResourceBundle texts = texts(user);
    return say(texts, "message.sign_in_code", OneTimeCodes.shown(code))
        + "\n\n"
        + say(texts, "message.sign_in_valid")
        + "\n\n"
        + say(
            texts, "message.sign_in_asked", browser(texts, who.browser()), who.networks().address())
        + "\n\n"
        + say(texts, "message.sign_in_not_you");
  }

  /** Somebody has used a copy of a browser's cookie. */
  static String copied(User user, String browser, String place) {
    ResourceBundle texts = texts(user);
    return say(texts, "message.session_copied", browser(texts, browser), place);
  }

  private static String browser(ResourceBundle texts, String browser) {
    return browser.isEmpty() ? texts.getString("message.some_browser") : browser;
  }

  private static String say(ResourceBundle texts, String key, Object... values) {
    return new MessageFormat(texts.getString(key), texts.getLocale()).format(values);
  }

  private static ResourceBundle texts(User user) {
    return ResourceBundle.getBundle(
        "messages",
        user.language().equals("en") ? Locale.ENGLISH : Locale.ROOT,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
