package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.telegram.session.SessionStringException.Reason;
import java.net.InetSocketAddress;
import java.util.Base64;

/**
 * A session string that was read: a text with which another client keeps a sign-in. Whoever has the
 * text has the account. If the program that it came from still runs, two clients use one key, and
 * Telegram ends the session for both: warn before an import.
 *
 * @param format which client's form it has
 * @param session what it holds; addresses in it are skipped, because a string must not choose where
 *     we connect
 */
public record SessionString(SessionFormat format, SavedSession session) {
  /** The longest text that is looked at, in characters; about three times a usual string. */
  public static final int MAX_LENGTH = 1024;

  /** What Telethon and GramJS put before the base64. */
  private static final char VERSION = '1';

  /**
   * Reads a session string of any form, padded or not, with white space around it or not.
   *
   * @throws SessionStringException when it is none
   */
  public static SessionString parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new SessionStringException(
          Reason.TOO_LONG, "no session string is longer than " + MAX_LENGTH + " characters");
    }
    String string = text.strip();
    if (string.isEmpty()) {
      throw new SessionStringException(Reason.EMPTY, "the session string is empty");
    }
    // No form without the version can begin with it: its first byte would be a data centre 212.
    return string.charAt(0) == VERSION
        ? withVersion(decode(string.substring(1)))
        : withoutVersion(decode(string));
  }

  private static SessionString withVersion(byte[] data) {
    if (data.length == TelethonLayout.IPV4_SIZE) {
      return new SessionString(SessionFormat.TELETHON, TelethonLayout.read(data));
    }
    // First GramJS: with an address of 14 characters it is as long as Telethon with IPv6.
    if (GramJsLayout.fits(data)) {
      return new SessionString(SessionFormat.GRAMJS, GramJsLayout.read(data));
    }
    if (data.length == TelethonLayout.IPV6_SIZE) {
      return new SessionString(SessionFormat.TELETHON, TelethonLayout.read(data));
    }
    throw unknown();
  }

  private static SessionString withoutVersion(byte[] data) {
    for (PyrogramLayout layout : PyrogramLayout.values()) {
      if (layout.fits(data)) {
        return new SessionString(layout.format(), layout.read(data));
      }
    }
    if (MtcuteLayout.fits(data)) {
      return new SessionString(SessionFormat.MTCUTE, MtcuteLayout.read(data));
    }
    throw unknown();
  }

  /**
   * Writes a session with the address that our own table has for its data centre.
   *
   * @throws SessionStringException when that form cannot hold it
   */
  public static String write(SavedSession session, SessionFormat format) {
    InetSocketAddress address = DataCentres.of(session.test()).addresses().get(session.dc());
    if (address == null) {
      throw SessionStringException.notWritable(
          format, "the address of " + session.dc() + " is not known");
    }
    return write(session, format, address);
  }

  /**
   * Writes a session.
   *
   * @param address where the data centre listens, for the forms that hold an address; resolved
   * @throws SessionStringException when that form cannot hold it
   */
  public static String write(
      SavedSession session, SessionFormat format, InetSocketAddress address) {
    AuthKey key = session.authKey();
    if (key == null) {
      throw SessionStringException.notWritable(format, "there is no key, so nobody is signed in");
    }
    byte[] secret = key.toByteArray();
    return switch (format) {
      case TELETHON ->
          VERSION
              + Base64.getUrlEncoder()
                  .encodeToString(TelethonLayout.write(session, address, secret));
      case GRAMJS ->
          VERSION
              + Base64.getEncoder().encodeToString(GramJsLayout.write(session, address, secret));
      case PYROGRAM_V1 -> unpadded(PyrogramLayout.V1.write(session, secret));
      case PYROGRAM_V1_64 -> unpadded(PyrogramLayout.V1_64.write(session, secret));
      case PYROGRAM -> unpadded(PyrogramLayout.V2.write(session, secret));
      case MTCUTE -> unpadded(MtcuteLayout.write(session, address, secret));
    };
  }

  private static String unpadded(byte[] data) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(data);
  }

  /** Either alphabet and either ending: the clients' own decoders take them, and people paste. */
  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException showsCharacters) {
      throw new SessionStringException(
          Reason.NOT_BASE64, "not a session string: expected base64, whole and in one line");
    }
  }

  private static SessionStringException unknown() {
    return new SessionStringException(
        Reason.UNKNOWN_FORMAT,
        "not a session string of Telethon, Pyrogram, GramJS or mtcute; was it copied whole?");
  }
}
