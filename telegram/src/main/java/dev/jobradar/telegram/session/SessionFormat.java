package dev.jobradar.telegram.session;

import java.util.Locale;

/** The forms of session strings that are known, each named after the client that writes it. */
public enum SessionFormat {
  /** Telethon's {@code StringSession}; with an IPv6 address it is twelve bytes longer. */
  TELETHON,
  /** Pyrogram before user ids outgrew 32 bits. */
  PYROGRAM_V1,
  /** Pyrogram 1.3 and 1.4: user ids of 64 bits. */
  PYROGRAM_V1_64,
  /** Pyrogram 2, and Kurigram: with the api_id. */
  PYROGRAM,
  /** GramJS's {@code StringSession}. */
  GRAMJS,
  /** mtcute's third form. */
  MTCUTE;

  /** How commands spell it: {@code telethon}, {@code pyrogram-v1-64} … */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
