package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Hears one connection of a client.
 *
 * @param line the connection's number
 * @param asksWho whether its first query asks who is signed in
 */
record LineEvents(ClientLife life, int line, boolean asksWho, KnownMe known, AccountUpdates updates)
    implements ConnectionListener {

  @Override
  public void onAuthKey(AuthKey made) {
    life.heard(new ClientEvent.KeyMade(line, made));
  }

  @Override
  public void onFirstAnswer(Slice answer) {
    if (asksWho && life.isOn(line)) {
      known.told(answer);
    }
  }

  @Override
  public void onReady() {
    life.heard(new ClientEvent.Ready(line));
  }

  @Override
  public void onUpdates(Slice news) {
    if (life.isOn(line)) {
      updates.pushed(news);
    }
  }

  @Override
  public void onGap() {
    if (life.isOn(line)) {
      updates.gap();
    }
  }

  @Override
  public void onLost(MtprotoException cause) {
    life.heard(new ClientEvent.Lost(line, cause));
  }

  @Override
  public void onClosed(@Nullable MtprotoException cause) {
    life.heard(new ClientEvent.Dropped(line, cause));
  }
}
