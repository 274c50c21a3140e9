package dev.jobradar.sandbox;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.mtproto.client.ClientInfo;
import dev.jobradar.mtproto.client.ConnectionListener;
import dev.jobradar.mtproto.client.ConnectionOptions;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.client.MtprotoConnection;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.InputPeerChannel;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.auth.Authorization;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Contacts;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Our own connection, as far as these tests need it. */
final class TestClient implements AutoCloseable {
  private final BlockingQueue<TypeUpdates> updates = new LinkedBlockingQueue<>();
  private final MtprotoConnection connection;

  TestClient(DataCentre dc, RsaPublicKey serverKey, @Nullable KnownKey key) {
    connection =
        new MtprotoConnection(
            ConnectionOptions.builder(
                    new InetSocketAddress(dc.host(), dc.port()),
                    new DcId(dc.id()),
                    ClientInfo.of(1, "Test", "1.0"))
                .serverKeys(List.of(serverKey))
                .knownKey(key)
                .build(),
            new ConnectionListener() {
              @Override
              public void onUpdates(Slice slice) {
                updates.add(TypeUpdates.readFrom(new TlReader(slice.toByteArray())));
              }
            });
    connection.open();
  }

  <R> R call(TlMethod<R> method) throws InterruptedException {
    return connection.invoke(method, CallOptions.REPEATABLE);
  }

  KnownKey key() {
    return Objects.requireNonNull(connection.knownKey());
  }

  /** The next updates, which must come soon. */
  TypeUpdates update() throws InterruptedException {
    return Objects.requireNonNull(updates.poll(10, TimeUnit.SECONDS), "no update came");
  }

  User signIn(String phone, String code) throws InterruptedException {
    SentCode sent =
        (SentCode) call(new Auth.SendCode(phone, 1, "hash", CodeSettings.builder().build()));
    return (User)
        ((Authorization)
                call(
                    Auth.SignIn.builder()
                        .phoneNumber(phone)
                        .phoneCodeHash(sent.phoneCodeHash())
                        .phoneCode(code)
                        .build()))
            .user();
  }

  InputPeerChannel resolve(String username) throws InterruptedException {
    ResolvedPeer peer = call(Contacts.ResolveUsername.builder().username(username).build());
    var channel = (dev.jobradar.tl.api.Channel) peer.chats().getFirst();
    return new InputPeerChannel(channel.id(), Objects.requireNonNull(channel.accessHash()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
