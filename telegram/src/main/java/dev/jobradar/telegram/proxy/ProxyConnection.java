package dev.jobradar.telegram.proxy;

import dev.jobradar.mtproto.client.Dialer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection with a proxy until it is handed over: reads what is asked for and not a byte more,
 * because what follows belongs to Telegram; and all of it within one time limit.
 */
final class ProxyConnection {
  private final SocketChannel channel;
  private final InputStream in;
  private final long deadline;

  /** What is said to the proxy before the connection can be used. */
  @FunctionalInterface
  interface Handshake {
    /**
     * Says it and reads the answer.
     *
     * @throws ProxyException when the proxy does not let us through; the proxy is named elsewhere
     */
    void perform(ProxyConnection proxy) throws IOException;
  }

  private ProxyConnection(SocketChannel channel, long deadline) throws IOException {
    this.channel = channel;
    this.in = channel.socket().getInputStream();
    this.deadline = deadline;
  }

  /**
   * Connects and performs the handshake. Nothing is left open when that fails.
   *
   * @throws SocketTimeoutException when it takes too long
   * @throws ProxyException when it fails in another way
   */
  static SocketChannel open(Proxy proxy, Duration timeout, Handshake handshake) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      return open(proxy.address(), deadline, handshake);
    } catch (SocketTimeoutException e) {
      throw new SocketTimeoutException(
          proxy + " was not ready within " + timeout.toMillis() + " ms");
    } catch (IOException e) {
      String reason = e.getMessage();
      throw new ProxyException(
          proxy + ": " + (reason == null ? e.getClass().getSimpleName() : reason), e);
    }
  }

  private static SocketChannel open(ProxyAddress address, long deadline, Handshake handshake)
      throws IOException {
    SocketChannel channel;
    try {
      channel =
          Dialer.direct()
              .dial(
                  InetSocketAddress.createUnresolved(address.host(), address.port()),
                  Duration.ofNanos(deadline - System.nanoTime()));
    } catch (UnknownHostException e) {
      throw new ProxyException("its name is not known", e);
    }
    boolean ready = false;
    try {
      handshake.perform(new ProxyConnection(channel, deadline));
      channel.socket().setSoTimeout(0);
      ready = true;
      return channel;
    } finally {
      if (!ready) {
        channel.close();
      }
    }
  }

  /** So few bytes that the empty socket takes them at once. */
  void write(byte[] message) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads so many bytes. */
  byte[] read(int size) throws IOException {
    byte[] bytes = new byte[size];
    for (int at = 0; at < size; ) {
      channel.socket().setSoTimeout(millisecondsTo(deadline));
      int got = in.read(bytes, at, size - at);
      if (got < 0) {
        throw new ProxyException("it closed the connection before it had answered");
      }
      at += got;
    }
    return bytes;
  }

  /** Reads one byte, 0 to 255. */
  int read() throws IOException {
    return Byte.toUnsignedInt(read(1)[0]);
  }

  private static int millisecondsTo(long deadline) throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    // Rounded up, since 0 would mean for ever.
    return (int) Math.min(left / 1_000_000 + 1, Integer.MAX_VALUE);
  }
}
