package dev.jobradar.sandbox;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.EventListener;
import dev.jobradar.sandbox.net.ConnectionId;
import dev.jobradar.sandbox.net.NetworkListener;
import java.net.InetSocketAddress;

/** Turns the network's notifications into events. */
record ConnectionEvents(EventListener events) implements NetworkListener {

  @Override
  public void opened(ConnectionId connection, DcId dc, InetSocketAddress remote) {
    String address = remote.getAddress().getHostAddress() + ":" + remote.getPort();
    events.on(new Event.ConnectionOpened(connection.value(), dc.value(), address));
  }

  @Override
  public void closed(ConnectionId connection, DcId dc, String reason) {
    events.on(new Event.ConnectionClosed(connection.value(), dc.value(), reason));
  }
}
