package dev.jobradar.telegram.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Reading and forwarding, for servers of tests. */
final class Sockets {
  private Sockets() {}

  static byte[] read(Socket socket, int size) throws IOException {
    byte[] bytes = new byte[size];
    new DataInputStream(socket.getInputStream()).readFully(bytes);
    return bytes;
  }

  static byte[] read(SocketChannel channel, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException();
      }
    }
    return bytes.array();
  }

  static void write(Socket socket, int... bytes) throws IOException {
    socket.getOutputStream().write(bytes(bytes));
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** Waits until the other side has closed or reset; what it still says is discarded. */
  static void awaitClosed(Socket socket) {
    byte[] discarded = new byte[512];
    try {
      InputStream in = socket.getInputStream();
      while (in.read(discarded) >= 0) {
        // Only the end matters.
      }
    } catch (IOException reset) {
      // That is an end too.
    }
  }

  /** Carries bytes both ways until both sides have ended. */
  static void relay(Socket one, Socket other) throws IOException, InterruptedException {
    Thread back = Thread.ofVirtual().start(() -> carry(other, one));
    carry(one, other);
    back.join();
  }

  private static void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException over) {
      // One side has gone; the other direction finds that out by itself.
    }
  }
}
