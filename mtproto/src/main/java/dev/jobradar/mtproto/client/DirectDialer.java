package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects directly; name lookup and connecting share one timeout. */
final class DirectDialer implements Dialer {
  static final DirectDialer INSTANCE = new DirectDialer();

  private DirectDialer() {}

  @Override
  public SocketChannel dial(InetSocketAddress address, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    InetSocketAddress target = address.isUnresolved() ? lookUp(address, deadline) : address;
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(target, millisecondsTo(deadline));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The JDK's lookup honours neither timeout nor interrupt, so it runs on a thread of its own. */
  private static InetSocketAddress lookUp(InetSocketAddress address, long deadline)
      throws IOException {
    String host = address.getHostString();
    FutureTask<InetAddress> found = new FutureTask<>(() -> InetAddress.getByName(host));
    Thread.ofVirtual().name("mtproto-name-lookup").start(found);
    try {
      return new InetSocketAddress(
          found.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), address.getPort());
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException("the name " + host + " is not known");
      unknown.initCause(e.getCause());
      throw unknown;
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("the lookup of " + host + " timed out");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while looking up " + host);
    }
  }

  private static int millisecondsTo(long deadline) throws SocketTimeoutException {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new SocketTimeoutException("connecting timed out");
    }
    // Rounded up, since 0 would mean no timeout.
    return (int) Math.min(left / 1_000_000 + 1, Integer.MAX_VALUE);
  }
}
