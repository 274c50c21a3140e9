package dev.jobradar.server.delivery;

import java.util.Set;

/** What it means that Telegram refuses a message. */
enum SendRefusal {
  /** This message, to this chat, will never be taken. */
  FINAL,

  /** The account may send nothing for now. */
  OF_ACCOUNT,

  /** This chat is closed to the account for now. */
  OF_CHAT,

  /** Not known: it may go well later, or never. */
  UNKNOWN;

  /** core.telegram.org/method/messages.sendMessage, as far as it concerns texts to channels. */
  private static final Set<String> FINAL_ERRORS =
      Set.of(
          "ADMIN_RIGHTS_EMPTY",
          "CHANNEL_INVALID",
          "CHANNEL_PRIVATE",
          "CHAT_ADMIN_REQUIRED",
          "CHAT_FORBIDDEN",
          "CHAT_GUEST_SEND_FORBIDDEN",
          "CHAT_ID_INVALID",
          "CHAT_RESTRICTED",
          "CHAT_SEND_PLAIN_FORBIDDEN",
          "CHAT_WRITE_FORBIDDEN",
          "ENTITIES_TOO_LONG",
          "ENTITY_BOUNDS_INVALID",
          "INPUT_USER_DEACTIVATED",
          "MESSAGE_EMPTY",
          "MESSAGE_TOO_LONG",
          "PAYMENT_UNSUPPORTED",
          "PEER_ID_INVALID",
          "PRIVACY_PREMIUM_REQUIRED",
          "TOPIC_CLOSED",
          "TOPIC_DELETED",
          "USER_BANNED_IN_CHANNEL",
          "USER_IS_BLOCKED",
          "USER_NOT_PARTICIPANT",
          "YOU_BLOCKED_USER");

  /** What an error means, by Telegram's name for it. */
  static SendRefusal of(String error) {
    if (FINAL_ERRORS.contains(error) || error.startsWith("ALLOW_PAYMENT_REQUIRED")) {
      return FINAL;
    }
    if (error.startsWith("FROZEN_") || error.startsWith("FLOOD_")) {
      return OF_ACCOUNT;
    }
    return error.equals("PEER_FLOOD") ? OF_CHAT : UNKNOWN;
  }
}
