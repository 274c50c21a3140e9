package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import dev.jobradar.server.web.pages.SeeOther;
import dev.jobradar.server.web.users.Disconnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** How a person's Telegram account stands, and its end here. */
@Controller
class TelegramPages {
  private final Accounts accounts;
  private final DeliveryStatus deliveries;
  private final DeliveryTexts texts;
  private final Disconnection disconnection;
  private final InstantSource clock;

  TelegramPages(
      Accounts accounts,
      DeliveryStatus deliveries,
      DeliveryTexts texts,
      Disconnection disconnection,
      InstantSource clock) {
    this.accounts = accounts;
    this.deliveries = deliveries;
    this.texts = texts;
    this.disconnection = disconnection;
    this.clock = clock;
  }

  /**
   * A connection, as the page shows it.
   *
   * @param name {@code connected}, {@code connecting}, {@code asleep}, {@code ended} or {@code
   *     none}
   * @param since since when it works; null when it does not
   * @param nextTry when it is tried next; null when that is not known
   * @param error what went wrong last, or why the session ended: Telegram's name for it
   */
  record Connection(
      String name, @Nullable Instant since, @Nullable Instant nextTry, @Nullable String error) {
    static Connection of(AccountState state) {
      return switch (state) {
        case AccountState.NotSignedIn none -> new Connection("none", null, null, null);
        case AccountState.SessionEnded(String reason) ->
            new Connection("ended", null, null, reason);
        case AccountState.Asleep asleep -> new Connection("asleep", null, null, null);
        case AccountState.Connecting(Instant next, String error) ->
            new Connection("connecting", null, next, error);
        case AccountState.Connected(Instant since) ->
            new Connection("connected", since, null, null);
      };
    }

    /** Whether there is a session that could be ended. */
    public boolean isThere() {
      return !name.equals("ended") && !name.equals("none");
    }
  }

  @GetMapping("/telegram")
  String page(@CurrentUser User user, Model model, Locale locale) {
    show(user, model, locale);
    return "pages/account/telegram";
  }

  @GetMapping("/telegram/state")
  String state(@CurrentUser User user, Model model, Locale locale) {
    show(user, model, locale);
    return "pages/account/telegram :: state";
  }

  private void show(User user, Model model, Locale locale) {
    Instant now = clock.instant();
    DeliveryState delivery = deliveries.state(user.id());
    Instant until = delivery.until();
    model
        .addAttribute("account", user)
        .addAttribute("phone", phone(user, locale))
        .addAttribute("connection", Connection.of(accounts.state(user.id())))
        .addAttribute("dataCentre", accounts.dataCentre(user.id()))
        .addAttribute("delivery", delivery)
        .addAttribute("hold", texts.text(delivery, locale))
        .addAttribute("holdUntil", until)
        .addAttribute(
            "holdFor",
            until == null || !now.isBefore(until)
                ? 0
                : Duration.between(now, until).plusMillis(999).toSeconds());
  }

  private static @Nullable WrittenPhone phone(User user, Locale locale) {
    return user.phone().isEmpty() ? null : WrittenPhone.of(user.phone(), locale);
  }

  @GetMapping("/telegram/disconnect")
  Object question(@CurrentUser User user) {
    return accounts.state(user.id()).isSignedIn()
        ? "pages/account/disconnect"
        : SeeOther.to("/telegram");
  }

  @ReachesTelegram
  @PostMapping("/telegram/disconnect")
  Object disconnect(
      @CurrentUser User user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    if (accounts.state(user.id()).isSignedIn()) {
      disconnection.disconnectAndStay(user, request, response);
    }
    return SeeOther.to("/telegram");
  }
}
