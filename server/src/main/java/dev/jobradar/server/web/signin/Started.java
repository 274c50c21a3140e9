package dev.jobradar.server.web.signin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobradar.clients.SignInId;
import dev.jobradar.clients.SignInStep;
import dev.jobradar.server.signin.SignInStart;
import dev.jobradar.telegram.signin.CodeDelivery;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code start} and {@code resend-code} answer.
 *
 * @param ok always true
 * @param authId names the sign-in from now on; absent for {@code telegram_message}
 * @param loginVia {@code telegram_message}: our code is in Saved Messages, {@code
 *     login-by-telegram} comes next; {@code telegram_sms}: Telegram sent its own
 * @param codeType how the code travels; {@code none} when none is needed
 * @param codeLength in characters, absent when it is not known
 * @param resendAfter seconds until {@code resend-code} makes sense, absent when that is not said
 * @param nextType how the code would be sent then, absent when there is no other way
 * @param codeHint what the code, the number or the address looks like, where Telegram tells
 * @param requiresPassword whether the two-step password comes next
 * @param passwordHint the person's own hint to it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Started(
    boolean ok,
    @Nullable String authId,
    String loginVia,
    String codeType,
    @Nullable Integer codeLength,
    @Nullable Long resendAfter,
    @Nullable String nextType,
    @Nullable String codeHint,
    boolean requiresPassword,
    @Nullable String passwordHint) {
  private static final String BY_MESSAGE = "telegram_message";
  private static final String BY_TELEGRAM = "telegram_sms";

  /** What to answer to a sign-in that began so. */
  public static Started of(SignInStart start) {
    return switch (start) {
      case SignInStart.OneTimeCodeSent(int length) ->
          new Started(true, null, BY_MESSAGE, BY_MESSAGE, length, null, null, null, false, null);
      case SignInStart.Pending(SignInId id, SignInStep step) ->
          switch (step) {
            case SignInStep.CodeSent sent -> sent(id.value(), sent);
            case SignInStep.PasswordNeeded(String hint) -> withoutCode(id.value(), true, hint);
            case SignInStep.Accepted accepted -> withoutCode(id.value(), false, null);
            case SignInStep.NoSuchAccount none -> throw new IllegalStateException("refused");
            case SignInStep.PaymentRequired pay -> throw new IllegalStateException("refused");
          };
    };
  }

  private static Started sent(String authId, SignInStep.CodeSent sent) {
    Looks looks = looks(sent.delivery());
    CodeDelivery.Next next = sent.next();
    return new Started(
        true,
        authId,
        BY_TELEGRAM,
        looks.type(),
        looks.length(),
        sent.resendAfter() == null ? null : sent.resendAfter().toSeconds(),
        next == null ? null : nameOf(next),
        looks.hint(),
        false,
        null);
  }

  private static Started withoutCode(String authId, boolean password, @Nullable String hint) {
    return new Started(true, authId, BY_TELEGRAM, "none", null, null, null, null, password, hint);
  }

  private record Looks(String type, @Nullable Integer length, @Nullable String hint) {}

  private static Looks looks(CodeDelivery delivery) {
    return switch (delivery) {
      case CodeDelivery.App(int length) -> new Looks("app", length, null);
      case CodeDelivery.Sms(int length) -> new Looks("sms", length, null);
      case CodeDelivery.Call(int length) -> new Looks("call", length, null);
      case CodeDelivery.FlashCall(String pattern) -> new Looks("flash_call", null, pattern);
      case CodeDelivery.MissedCall(String prefix, int length) ->
          new Looks("missed_call", length, prefix);
      case CodeDelivery.Email(String pattern, int length) -> new Looks("email", length, pattern);
      case CodeDelivery.Fragment(String url, int length) -> new Looks("fragment_sms", length, url);
      case CodeDelivery.SmsWord(String beginning) -> new Looks("sms_word", null, beginning);
      case CodeDelivery.SmsPhrase(String beginning) -> new Looks("sms_phrase", null, beginning);
      case CodeDelivery.EmailSetUpRequired() -> new Looks("email_setup_required", null, null);
      case CodeDelivery.OfficialAppsOnly() -> new Looks("official_apps_only", null, null);
    };
  }

  private static String nameOf(CodeDelivery.Next next) {
    return switch (next) {
      case SMS, CALL, FLASH_CALL, MISSED_CALL -> next.name().toLowerCase(Locale.ROOT);
      case FRAGMENT -> "fragment_sms";
    };
  }
}
