package dev.jobradar.sandbox.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.net.ClientLink;
import dev.jobradar.sandbox.net.ConnectionCount;
import dev.jobradar.sandbox.net.ConnectionId;
import dev.jobradar.sandbox.net.RpcCall;
import dev.jobradar.sandbox.net.RpcSession;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.CodeSettings;
import dev.jobradar.tl.api.InputPeerSelf;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.method.Auth;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The methods without a network: queries go in as bytes and answers come back as bytes. */
final class TestServer {

  static final int START = 1_750_000_000;

  final List<Event> events = new ArrayList<>();
  final Faults faults = new Faults();
  final World world;
  final RpcServer server;
  long now = START;
  private long nextKey = 1;

  TestServer() {
    world = World.inMemory(() -> Instant.ofEpochSecond(now));
    List<DataCentre> dataCentres =
        IntStream.rangeClosed(1, 3)
            .mapToObj(id -> new DataCentre(id, "127.0.0.1", 4429 + id))
            .toList();
    server =
        new RpcServer(
            world,
            dataCentres,
            () -> Instant.ofEpochSecond(now),
            events::add,
            faults,
            key -> new ConnectionCount(1, 1));
  }

  ChannelId channel(String username, int posts) {
    ChannelId id =
        world
            .makeChannel(username, "Jobs " + username, "About", START - 1000, 900, false, null)
            .id();
    IntStream.rangeClosed(1, posts)
        .forEach(i -> world.post(id, "post " + i, List.of(), START - 1000 + i));
    return id;
  }

  /** A client with a new key, which has said what it is. */
  Client client(int dc) {
    Client client = new Client(new KeyId(nextKey++), dc);
    client.initialise();
    return client;
  }

  /** A client with a new key that is signed in. */
  Client signedIn(String phone) {
    Client client = client(phone.startsWith("99966") ? phone.charAt(5) - '0' : 1);
    client.signIn(phone);
    return client;
  }

  String code(String phone) {
    return events.stream()
        .filter(event -> event instanceof Event.Code code && code.phone().equals(phone))
        .map(event -> ((Event.Code) event).code())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** One session of one key. */
  final class Client implements ClientLink {
    final KeyId key;
    final List<TypeUpdates> pushed = new ArrayList<>();
    final List<byte[]> pushedBytes = new ArrayList<>();
    BindResult bindResult = BindResult.BOUND;
    boolean unbound;
    @Nullable UserId signedIn;
    private long nextMessage = 4;
    private int layer = ApiSchema.LAYER;
    private final int dc;
    private final RpcSession session;

    Client(KeyId key, int dc) {
      this.key = key;
      this.dc = dc;
      this.session = server.open(this);
    }

    /** Another session of the same key. */
    Client another() {
      Client other = new Client(key, dc);
      other.initialise();
      return other;
    }

    void initialise() {
      assertThat(speak(ApiSchema.LAYER).error).isNull();
    }

    /** Says what it is, in a layer: from now on it is answered in that. */
    Call speak(int newLayer) {
      layer = newLayer;
      return send(
          new InvokeWithLayer<>(
                  newLayer,
                  InitConnection.<dev.jobradar.tl.api.Config>builder()
                      .apiId(1)
                      .deviceModel("Test")
                      .systemVersion("1")
                      .appVersion("1.0")
                      .systemLangCode("en")
                      .langPack("")
                      .langCode("en")
                      .query(new Help.GetConfig())
                      .build())
              .toByteArray());
    }

    <R> R call(TlMethod<R> method) {
      Call call = send(method.toByteArray());
      if (call.error != null) {
        throw call.error;
      }
      TlReader reader = new TlReader(java.util.Objects.requireNonNull(call.result, "no answer"));
      R result = method.readResult(reader);
      reader.expectEnd();
      return result;
    }

    Call send(byte[] query) {
      Call call = new Call(query, nextMessage++);
      session.execute(call);
      assertThat(call.result != null || call.error != null).as("answered").isTrue();
      return call;
    }

    /** A call whose answer may come later. */
    Call begin(TlMethod<?> method) {
      Call call = new Call(method.toByteArray(), nextMessage++);
      session.execute(call);
      return call;
    }

    SentCode sendCode(String phone) {
      return (SentCode) call(new Auth.SendCode(phone, 1, "hash", CodeSettings.builder().build()));
    }

    dev.jobradar.tl.api.User signIn(String phone) {
      String hash = sendCode(phone).phoneCodeHash();
      return user(
          call(
              Auth.SignIn.builder()
                  .phoneNumber(phone)
                  .phoneCodeHash(hash)
                  .phoneCode(code(phone))
                  .build()));
    }

    dev.jobradar.tl.api.User user(dev.jobradar.tl.api.auth.TypeAuthorization answer) {
      return (dev.jobradar.tl.api.User) ((dev.jobradar.tl.api.auth.Authorization) answer).user();
    }

    UserId me() {
      return world.authorization(key).orElseThrow().user();
    }

    TypeUpdates sendToSelf(String text, long randomId) {
      return call(
          dev.jobradar.tl.api.method.Messages.SendMessage.builder()
              .peer(new InputPeerSelf())
              .message(text)
              .randomId(randomId)
              .build());
    }

    dev.jobradar.tl.api.InputChannel input(ChannelId id) {
      return new dev.jobradar.tl.api.InputChannel(id.value(), world.accessHash(me(), id));
    }

    dev.jobradar.tl.api.InputPeerChannel peer(ChannelId id) {
      return new dev.jobradar.tl.api.InputPeerChannel(id.value(), world.accessHash(me(), id));
    }

    void dropped() {
      session.updatesDropped();
    }

    void end() {
      session.ended();
    }

    @Override
    public DcId dc() {
      return new DcId(dc);
    }

    @Override
    public KeyId key() {
      return key;
    }

    @Override
    public boolean isUnbound() {
      return unbound;
    }

    @Override
    public long sessionId() {
      return key.value();
    }

    @Override
    public void push(byte[] update) {
      pushedBytes.add(update);
      if (layer == ApiSchema.LAYER) {
        pushed.add(TypeUpdates.readFrom(new TlReader(update)));
      }
    }

    @Override
    public BindResult bind(
        RpcCall call, KeyId permanentKey, long nonce, int expiresAt, byte[] encryptedMessage) {
      return bindResult;
    }

    @Override
    public void signedIn(UserId account) {
      signedIn = account;
    }

    @Override
    public void signedOut() {
      signedIn = null;
    }

    @Override
    public ConnectionCount connections() {
      return new ConnectionCount(1, 1);
    }
  }

  /** A query and what came of it. */
  static final class Call implements RpcCall {
    volatile byte @Nullable [] result;
    @Nullable RpcErrorException error;
    private final byte[] query;
    private final long messageId;
    private final CountDownLatch answered = new CountDownLatch(1);

    Call(byte[] query, long messageId) {
      this.query = query;
      this.messageId = messageId;
    }

    /** Its answer, when it has come. */
    byte[] await() throws InterruptedException {
      assertThat(answered.await(30, TimeUnit.SECONDS)).as("answered").isTrue();
      return Objects.requireNonNull(result);
    }

    @Override
    public ConnectionId connection() {
      return new ConnectionId(1);
    }

    @Override
    public long messageId() {
      return messageId;
    }

    @Override
    public byte[] query() {
      return query;
    }

    @Override
    public void answer(byte[] bytes) {
      assertThat(result == null && error == null).as("answered once").isTrue();
      result = unpacked(bytes);
      answered.countDown();
    }

    @Override
    public void lose(byte[] result, boolean hangUp) {
      throw new AssertionError("nothing is to be lost");
    }

    @Override
    public void fail(int code, String name) {
      assertThat(result == null && error == null).as("answered once").isTrue();
      error = new RpcErrorException(code, name);
    }
  }

  private static byte[] unpacked(byte[] answer) {
    TlReader reader = new TlReader(answer);
    return reader.readInt() == GzipPacked.ID
        ? GzipPacked.unpack(reader.readBytes(), TlLimits.DEFAULT)
        : answer;
  }

  static List<Integer> ids(List<? extends TlObject> messages) {
    return messages.stream()
        .map(message ->
            switch (message) {
              case dev.jobradar.tl.api.Message full -> full.id();
              case dev.jobradar.tl.api.MessageEmpty empty -> -empty.id();
              default -> throw new AssertionError(message);
            })
        .toList();
  }
}
