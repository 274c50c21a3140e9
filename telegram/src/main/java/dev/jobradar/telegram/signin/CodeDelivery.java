package dev.jobradar.telegram.signin;

import org.jspecify.annotations.Nullable;

/**
 * How Telegram sent a code, and what it looks like: the kinds of {@code auth.SentCodeType}. Lengths
 * are in characters; a code is not always five digits.
 */
public sealed interface CodeDelivery {
  /** As a message in the person's other Telegram apps. */
  record App(int length) implements CodeDelivery {}

  /** By text message. */
  record Sms(int length) implements CodeDelivery {}

  /** By a call that says it. */
  record Call(int length) implements CodeDelivery {}

  /**
   * By a call that is not to be taken: the code is the caller's number.
   *
   * @param pattern what the number looks like
   */
  record FlashCall(String pattern) implements CodeDelivery {}

  /**
   * By a call that is not to be taken: the code is the end of the caller's number.
   *
   * @param prefix how that number begins
   */
  record MissedCall(String prefix, int length) implements CodeDelivery {}

  /**
   * To the e-mail address of the account.
   *
   * @param pattern the address, with most of it hidden
   */
  record Email(String pattern, int length) implements CodeDelivery {}

  /** Not sent: the account needs an e-mail address first, see {@link SignIn#sendEmailCode}. */
  record EmailSetUpRequired() implements CodeDelivery {}

  /**
   * To the owner of an anonymous number.
   *
   * @param url where it is to be read
   */
  record Fragment(String url, int length) implements CodeDelivery {}

  /** By a way that works in Telegram's own apps only, and no other way is offered. */
  record OfficialAppsOnly() implements CodeDelivery {}

  /**
   * A word by text message.
   *
   * @param beginning how it begins, null if unknown
   */
  record SmsWord(@Nullable String beginning) implements CodeDelivery {}

  /**
   * Several words by text message.
   *
   * @param beginning how they begin, null if unknown
   */
  record SmsPhrase(@Nullable String beginning) implements CodeDelivery {}

  /** The ways in which {@link SignIn#resendCode} would send it next: {@code auth.CodeType}. */
  enum Next {
    /** By text message. */
    SMS,
    /** By a call that says it. */
    CALL,
    /** By a call that is not to be taken. */
    FLASH_CALL,
    /** By a call that is not to be taken. */
    MISSED_CALL,
    /** To the owner of an anonymous number. */
    FRAGMENT
  }
}
