package dev.jobradar.server.web.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.Profile;
import dev.jobradar.server.account.WatchStall;
import dev.jobradar.server.delivery.DeliveryState;
import dev.jobradar.server.delivery.DeliveryStatus;
import dev.jobradar.server.monitoring.StalledWatches;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ReachesTelegram;
import dev.jobradar.server.web.StallTexts;
import dev.jobradar.server.web.delivery.DeliveryTexts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What users see and set of themselves. */
@RestController
@RequestMapping("/api/user")
class ProfileController {
  private final Users users;
  private final Accounts accounts;
  private final DeliveryStatus delivery;
  private final DeliveryTexts texts;
  private final StalledWatches stalls;
  private final StallTexts stallTexts;
  private final InstantSource clock;
  private final Disconnection disconnection;

  ProfileController(
      Users users,
      Accounts accounts,
      DeliveryStatus delivery,
      DeliveryTexts texts,
      StalledWatches stalls,
      StallTexts stallTexts,
      InstantSource clock,
      Disconnection disconnection) {
    this.users = users;
    this.accounts = accounts;
    this.delivery = delivery;
    this.texts = texts;
    this.stalls = stalls;
    this.stallTexts = stallTexts;
    this.clock = clock;
    this.disconnection = disconnection;
  }

  /**
   * A user, to themselves.
   *
   * @param plan the one that holds now, {@code expired} past its date
   * @param tasksAllowed how many tasks it allows
   * @param telegram how their Telegram account stands: {@code connected}, {@code connecting},
   *     {@code asleep} (not needed now), {@code session_ended} or {@code not_signed_in}
   * @param telegramReason Telegram's reason for {@code session_ended}
   * @param deliveries whether leads arrive, and if not, why
   * @param stalled channels that should deliver and do not; absent when all do
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Me(
      long id,
      String phone,
      String name,
      @Nullable String username,
      @Nullable Long telegramUserId,
      String language,
      String plan,
      @Nullable Instant planUntil,
      int tasksAllowed,
      boolean alertsPersonal,
      String telegram,
      @Nullable String telegramReason,
      Deliveries deliveries,
      @Nullable Stalled stalled) {}

  /**
   * What should deliver and does not.
   *
   * @param channels how many channels; 0 when only updates outside channels do not come
   * @param since when the first of them delivered last
   * @param detail the same in words
   */
  record Stalled(int channels, Instant since, String detail) {}

  /**
   * How a person's deliveries stand.
   *
   * @param waiting how many leads are still to be sent, one counted per destination
   * @param hold what they wait for; absent when they are being sent
   * @param detail the same in words
   * @param until when it goes on, where that is known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Deliveries(
      long waiting, @Nullable String hold, @Nullable String detail, @Nullable Instant until) {}

  record Done(boolean ok) {}

  /** Absent fields stay as they are. */
  record Change(
      @Nullable Boolean alertsPersonal, @Nullable @Pattern(regexp = "ru|en") String language) {}

  record Settings(boolean alertsPersonal, String language) {
    static Settings of(User user) {
      return new Settings(user.alertsPersonal(), user.language());
    }
  }

  @GetMapping("/me")
  Me me(@CurrentUser User user, Locale locale) {
    Plan plan = user.planAt(clock.instant());
    AccountState state = accounts.state(user.id());
    String telegram =
        switch (state) {
          case AccountState.NotSignedIn none -> "not_signed_in";
          case AccountState.SessionEnded ended -> "session_ended";
          case AccountState.Asleep asleep -> "asleep";
          case AccountState.Connecting connecting -> "connecting";
          case AccountState.Connected connected -> "connected";
        };
    return new Me(
        user.id().value(),
        user.phone(),
        user.name(),
        user.username(),
        user.telegramUserId(),
        user.language(),
        plan.text(),
        user.planUntil(),
        plan.tasks(),
        user.alertsPersonal(),
        telegram,
        state instanceof AccountState.SessionEnded(String reason) ? reason : null,
        deliveries(user, locale),
        stalled(user, locale));
  }

  private @Nullable Stalled stalled(User user, Locale locale) {
    Map<Long, WatchStall> channels = new HashMap<>(stalls.of(user.id()));
    WatchStall account = channels.remove(StalledWatches.ACCOUNT);
    if (!channels.isEmpty()) {
      return new Stalled(
          channels.size(),
          StallTexts.earliest(channels.values()),
          stallTexts.channels(channels.values(), locale));
    }
    return account == null
        ? null
        : new Stalled(0, account.since(), stallTexts.account(account, locale));
  }

  private Deliveries deliveries(User user, Locale locale) {
    DeliveryState state = delivery.state(user.id());
    return new Deliveries(
        state.waiting(), texts.hold(state), texts.text(state, locale), state.until());
  }

  @GetMapping("/settings")
  Settings settings(@CurrentUser User user) {
    return Settings.of(user);
  }

  @PutMapping("/settings")
  Settings change(@CurrentUser User user, @Valid @RequestBody Change change) {
    if (change.alertsPersonal() != null) {
      users.alertsPersonal(user.id(), change.alertsPersonal());
    }
    if (change.language() != null) {
      users.language(user.id(), change.language());
    }
    return Settings.of(users.find(user.id()).orElseThrow());
  }

  /** Reads name and @username from Telegram again. */
  @ReachesTelegram
  @PostMapping("/refresh")
  Me refresh(@CurrentUser User user, Locale locale) throws InterruptedException {
    Profile profile = accounts.profile(user.id());
    users.seen(
        user.id(), profile.telegramUserId(), profile.phone(), profile.name(), profile.username());
    return me(users.find(user.id()).orElseThrow(), locale);
  }

  /**
   * Ends the session at Telegram and deletes it, and signs all browsers out. The person stays
   * signed in in this one, by a new session: a copy of its cookie is worth nothing.
   */
  @ReachesTelegram
  @PostMapping("/disconnect-telegram")
  Done disconnect(@CurrentUser User user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    disconnection.disconnectAndStay(user, request, response);
    return new Done(true);
  }
}
