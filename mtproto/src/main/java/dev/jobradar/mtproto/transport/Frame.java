package dev.jobradar.mtproto.transport;

import dev.jobradar.mtproto.TransportException;
import java.util.Arrays;

/** What one side puts on the wire as a unit. A client sends packets only; a server all three. */
public sealed interface Frame {

  /**
   * One MTProto message, encrypted or not, without any of the transport's own bytes: the padding of
   * the padded intermediate transport is already cut off.
   *
   * @param payload the message; not copied: passing it on transfers ownership
   * @param quickAckRequested whether the client wants a {@link QuickAck} for it; never set on what
   *     a server sends
   */
  @SuppressWarnings("ArrayRecordComponent") // packets are handed on, not copied; equality is below
  record Packet(byte[] payload, boolean quickAckRequested) implements Frame {
    /** A packet that asks for no quick acknowledgement. */
    public Packet(byte[] payload) {
      this(payload, false);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Packet that
          && quickAckRequested == that.quickAckRequested
          && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(payload) + Boolean.hashCode(quickAckRequested);
    }

    @Override
    public String toString() {
      return "Packet[" + payload.length + " bytes" + (quickAckRequested ? ", quick ack]" : "]");
    }
  }

  /**
   * The server's word that it has received, decrypted and accepted a packet.
   *
   * @param token the first four bytes of SHA-256(part of the key, plaintext) as a little-endian
   *     number with the top bit set, whatever order the transport sends them in
   */
  record QuickAck(int token) implements Frame {
    /**
     * @throws IllegalArgumentException when the top bit is not set
     */
    public QuickAck {
      if (token >= 0) {
        throw new IllegalArgumentException("the top bit of a quick acknowledgement must be set");
      }
    }

    /** The acknowledgement whose token begins with these bits; the top bit is set here. */
    public static QuickAck of(int firstBits) {
      return new QuickAck(firstBits | 0x8000_0000);
    }
  }

  /**
   * The server's refusal of a packet or of the connection.
   *
   * @param code the positive code, such as 404 where the wire carries −404; see the constants of
   *     {@link TransportException}
   */
  record TransportError(int code) implements Frame {
    /**
     * @throws IllegalArgumentException when the code is not positive, or is 1: on the wire that is
     *     the mark of a quick acknowledgement
     */
    public TransportError {
      if (code <= 1) {
        throw new IllegalArgumentException("a transport error's code is 2 or more, got " + code);
      }
    }

    /** The same as an exception for callers that wait for an answer. */
    public TransportException toException() {
      return TransportException.ofCode(code);
    }
  }
}
