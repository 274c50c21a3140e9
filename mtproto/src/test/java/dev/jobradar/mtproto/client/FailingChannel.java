package dev.jobradar.mtproto.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TCP connection whose reading or writing fails once with what a test wants it to. */
final class FailingChannel extends SocketChannel {
  private final SocketChannel real;
  final AtomicReference<@Nullable Error> nextWrite = new AtomicReference<>();
  final AtomicReference<@Nullable Error> nextRead = new AtomicReference<>();

  FailingChannel(SocketChannel real) {
    super(real.provider());
    this.real = real;
  }

  private static void fail(AtomicReference<@Nullable Error> next) {
    Error failure = next.getAndSet(null);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = real.read(into);
    fail(nextRead);
    return read;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return real.read(into, offset, length);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    fail(nextWrite);
    return real.write(from);
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    return real.write(from, offset, length);
  }

  @Override
  public SocketChannel bind(SocketAddress local) throws IOException {
    real.bind(local);
    return this;
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    real.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return real.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return real.supportedOptions();
  }

  @Override
  public SocketChannel shutdownInput() throws IOException {
    real.shutdownInput();
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() throws IOException {
    real.shutdownOutput();
    return this;
  }

  @Override
  public Socket socket() {
    return real.socket();
  }

  @Override
  public boolean isConnected() {
    return real.isConnected();
  }

  @Override
  public boolean isConnectionPending() {
    return real.isConnectionPending();
  }

  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    return real.connect(remote);
  }

  @Override
  public boolean finishConnect() throws IOException {
    return real.finishConnect();
  }

  @Override
  public SocketAddress getRemoteAddress() throws IOException {
    return real.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return real.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    real.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    real.configureBlocking(block);
  }
}
