package dev.jobradar.telegram.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections on loopback and serves each as a test says, on a thread of its own. What a
 * service threw is kept, and every connection's end is told.
 */
final class LoopbackServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Service service;
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  /** What is done with one connection, which has a channel; it is closed afterwards. */
  @FunctionalInterface
  interface Service {
    void serve(Socket connection) throws Exception;
  }

  /** The end of a connection: what its service threw, or null. */
  record Ended(@Nullable Exception failure) {}

  LoopbackServer(Service service) {
    this.service = service;
    try {
      listener =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = listener.accept().socket();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    Exception failure = null;
    try (connection) {
      service.serve(connection);
    } catch (Exception e) {
      failure = e;
    }
    ended.add(new Ended(failure));
  }

  /** Waits until one more connection has ended; a service that failed fails the test. */
  void awaitEnd() throws Exception {
    Ended end = ended.poll(20, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("the connection is still open");
    }
    if (end.failure() != null) {
      throw end.failure();
    }
  }

  int port() {
    return address().getPort();
  }

  ProxyAddress asProxy() {
    return new ProxyAddress("127.0.0.1", port());
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.socket().getLocalSocketAddress();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
