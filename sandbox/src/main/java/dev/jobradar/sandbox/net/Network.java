package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data centres on 127.0.0.1 and perhaps ::1, one port each, and all connections to them.
 * Thread-safe.
 *
 * <p>One thread waits for all sockets; what comes in is handled by virtual threads, one for each
 * connection at a time.
 */
public final class Network implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Network.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration FORGET = Duration.ofMinutes(1);

  private final NetworkContext hub;
  private final NetworkListener listener;
  private final Selector selector;
  private final Ports ports;
  private final List<Endpoint> endpoints;
  private final Thread thread;
  private final List<ServedDataCentre> dataCentres = new ArrayList<>();
  private final ConnectionRate rate = new ConnectionRate();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private long connections;
  private long sweptAt = System.nanoTime();
  private long forgottenAt = sweptAt;
  private volatile boolean closed;

  /** What a fault held up continues when the fault is removed. */
  private final class Changes implements Faults.Listener {
    @Override
    public void set(Fault fault) {
      if (fault instanceof Fault.ClockSkew) {
        clockJumped();
      }
    }

    @Override
    public void removed(Fault fault) {
      if (fault instanceof Fault.ClockSkew) {
        clockJumped();
      }
      if (fault instanceof Fault.OfConnection) {
        tasks.add(() -> connections(Aim.ALL).forEach(Connection::resume));
        selector.wakeup();
      }
    }
  }

  /** A port that listens. */
  private record Listening(
      ServerSocketChannel channel, ServedDataCentre dataCentre, InetSocketAddress address) {}

  /** Makes what answers queries, when it is known where the data centres listen. */
  @FunctionalInterface
  public interface ServiceMaker {
    /**
     * Makes it, once.
     *
     * @param endpoints the data centres, by number
     * @param connections counts the connections of a key
     */
    RpcService make(List<Endpoint> endpoints, Function<KeyId, ConnectionCount> connections);
  }

  private Network(
      NetworkContext hub,
      Ports ports,
      RsaPrivateKey rsaKey,
      NetworkListener listener,
      Selector selector)
      throws IOException {
    this.hub = hub;
    this.ports = ports;
    this.endpoints = ports.endpoints();
    this.listener = listener;
    this.selector = selector;
    this.thread = Thread.ofPlatform().daemon().name("sandbox-network").unstarted(this::run);
    for (Ports.Port port : ports.all()) {
      // The ports of a data centre follow each other.
      if (dataCentres.isEmpty() || !dataCentres.getLast().dc().equals(port.dc())) {
        dataCentres.add(ServedDataCentre.of(port.dc(), rsaKey, hub.keys()));
      }
      Listening listening = new Listening(port.channel(), dataCentres.getLast(), port.address());
      port.channel().register(selector, SelectionKey.OP_ACCEPT, listening);
    }
  }

  /**
   * Opens the ports and begins to serve.
   *
   * @param rsaKey the server's, of whose public half clients must know
   * @param world keeps the authorisation keys
   * @param service makes what answers queries
   * @throws UncheckedIOException when a port cannot be had; none is held then
   */
  public static Network open(
      NetworkOptions options,
      RsaPrivateKey rsaKey,
      World world,
      ServiceMaker service,
      NetworkListener listener) {
    Ports ports = Ports.bind(options.port(), options.dataCentres(), options.ipv6());
    try {
      ServerClock clock = new ServerClock(options.clock());
      ConnectionBook book = new ConnectionBook();
      NetworkContext hub =
          new NetworkContext(
              options,
              clock,
              new SecureRandom(),
              book,
              new AuthKeys(world, clock),
              service.make(ports.endpoints(), book::of));
      Network network = new Network(hub, ports, rsaKey, listener, Selector.open());
      network.thread.start();
      options.faults().listen(network.new Changes());
      return network;
    } catch (IOException e) {
      ports.close();
      throw new UncheckedIOException("the sandbox cannot wait for its sockets", e);
    } catch (RuntimeException e) {
      ports.close();
      throw e;
    }
  }

  /** Where the data centres listen, by number. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** How many connections are open. */
  public int connections() {
    return hub.book().open();
  }

  /** The connections of a key. */
  public ConnectionCount connections(KeyId key) {
    return hub.book().of(key);
  }

  /** The connections of an account, over all its keys. */
  public ConnectionCount connections(UserId account) {
    return hub.book().of(account);
  }

  /** Forgets the highest counts of connections: from now on those count that are open. */
  public void resetConnectionCounts() {
    hub.book().resetConnectionCounts();
  }

  /** The connections of each account that has some, or had, over all its keys. */
  public Map<UserId, ConnectionCount> connectionsOfAccounts() {
    return hub.book().accounts();
  }

  /** The most connections that any one key ever had at one moment. */
  public int maxOpenPerKey() {
    return hub.book().maxPerKey();
  }

  /** The most connections that any one account ever had at one moment. */
  public int maxOpenPerAccount() {
    return hub.book().maxPerAccount();
  }

  /**
   * Closes those connections that are open now.
   *
   * @param aim whose
   * @param byReset whether by RST, so that what is under way is lost, or by FIN
   * @return how many
   */
  public int drop(Aim aim, boolean byReset) {
    List<Connection> aimedAt = ask(() -> connections(aim));
    for (Connection connection : aimedAt) {
      if (byReset) {
        connection.reset("a fault: reset");
      } else {
        connection.close("a fault: closed");
      }
    }
    return aimedAt.size();
  }

  /** A clock jump resets the sessions: message ids would run backwards otherwise. */
  private void clockJumped() {
    hub.clock().jumped();
    hub.keys().forgetSessions().forEach(SessionLink::end);
  }

  /**
   * Resets sessions: their message state is forgotten, and clients get {@code new_session_created}.
   *
   * @return how many
   */
  public int resetSessions(Aim aim) {
    List<SessionLink> links = sessions(aim);
    links.forEach(SessionLink::reset);
    return links.size();
  }

  /**
   * Pushes {@code updatesTooLong}.
   *
   * @return how many sessions
   */
  public int sendUpdatesTooLong(Aim aim) {
    List<SessionLink> links = sessions(aim);
    links.forEach(SessionLink::updatesLost);
    return links.size();
  }

  private List<SessionLink> sessions(Aim aim) {
    return hub.keys().sessions().stream().filter(link -> aim.hits(link.place())).toList();
  }

  /** Ends the sign-in of a key; its queries are answered with this error from now on. */
  public void endSignIn(KeyId key, int code, String error) {
    hub.service().endSignIn(key, code, error);
    hub.book().signedOut(key);
  }

  /**
   * Stops listening for a data centre: connections are refused. Those that are open stay, and the
   * port is kept. The second time: nothing.
   *
   * @throws IllegalArgumentException when there is no such data centre
   */
  public void stopListening(int dc) {
    stopListening(endpoint(dc).dc(), address -> true);
  }

  /**
   * Stops listening for a data centre at its IPv4 address or at its IPv6 address alone.
   *
   * @throws IllegalArgumentException when there is no such data centre
   */
  public void stopListening(int dc, StandardProtocolFamily family) {
    stopListening(endpoint(dc).dc(), address -> isOf(family, address));
  }

  private void stopListening(DcId dc, Predicate<InetSocketAddress> which) {
    ask(() -> {
      List<Listening> stopped =
          listening(dc).stream().filter(each -> which.test(each.address())).toList();
      stopped.forEach(each -> closeQuietly(each.channel()));
      if (!stopped.isEmpty()) {
        flushCancelled();
      }
      return dc;
    });
  }

  private static boolean isOf(StandardProtocolFamily family, InetSocketAddress address) {
    return (family == StandardProtocolFamily.INET6)
        == (address.getAddress() instanceof Inet6Address);
  }

  /**
   * Listens for a data centre again, on the same port. Nothing happens if it listens.
   *
   * @throws IllegalArgumentException when there is no such data centre
   * @throws UncheckedIOException when another program has taken it, where ports cannot be kept
   */
  public void startListening(int dc) {
    Endpoint endpoint = endpoint(dc);
    ask(() -> {
      Set<InetSocketAddress> silent = new LinkedHashSet<>(List.of(endpoint.address()));
      if (endpoint.ipv6() != null) {
        silent.add(endpoint.ipv6());
      }
      listening(endpoint.dc()).forEach(each -> silent.remove(each.address()));
      if (selector.isOpen()) {
        silent.forEach(address -> listen(endpoint.dc(), address));
      }
      return dc;
    });
  }

  private Endpoint endpoint(int dc) {
    return endpoints.stream()
        .filter(known -> known.dc().value() == dc)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no data centre " + dc));
  }

  private void listen(DcId dc, InetSocketAddress address) {
    try {
      ServerSocketChannel channel = Ports.listen(address);
      ServedDataCentre dataCentre = dataCentres.get(dc.value() - 1);
      channel.register(
          selector, SelectionKey.OP_ACCEPT, new Listening(channel, dataCentre, address));
    } catch (IOException e) {
      throw new UncheckedIOException(address + " cannot be had again", e);
    }
  }

  /** By the network's own thread. */
  private List<Listening> listening(DcId dc) {
    List<Listening> found = new ArrayList<>(2);
    if (!selector.isOpen()) {
      return found;
    }
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()
          && key.attachment() instanceof Listening listening
          && listening.dataCentre().dc().equals(dc)) {
        found.add(listening);
      }
    }
    return found;
  }

  /** A closed port is given up only when its selector has noticed. */
  private void flushCancelled() {
    try {
      selector.selectNow(this::handle);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's network has failed", e);
    }
  }

  private static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("a port was not closed well", e);
    }
  }

  /** Has something done by the network's own thread, and waits until it is done. */
  private <T> T ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tasks.add(() -> {
      try {
        answer.complete(question.get());
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    });
    selector.wakeup();
    if (!thread.isAlive()) {
      doTasks();
    }
    return answer.join();
  }

  private void doTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Runs on the network's own thread: the selector's keys belong to it. */
  private List<Connection> connections(Aim aim) {
    List<Connection> found = new ArrayList<>();
    if (!selector.isOpen()) {
      return found;
    }
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Connection connection
          && !connection.isClosed()
          && aim.hits(connection.place())) {
        found.add(connection);
      }
    }
    return found;
  }

  /** Closes all connections and ports, and returns when that is done. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::handle, SWEEP.toMillis());
        doTasks();
        sweep();
      }
    } catch (IOException e) {
      LOG.error("the sandbox's network has failed", e);
    } finally {
      closeChannels();
      doTasks();
    }
  }

  private void handle(SelectionKey key) {
    try {
      switch (key.attachment()) {
        case Listening listening -> accept(listening);
        case Connection connection -> {
          int ready = key.readyOps();
          key.interestOpsAnd(~ready);
          if ((ready & SelectionKey.OP_READ) != 0) {
            connection.readable();
          }
          if ((ready & SelectionKey.OP_WRITE) != 0) {
            connection.writable();
          }
        }
        default -> throw new IllegalStateException("nothing else is registered");
      }
    } catch (CancelledKeyException e) {
      // It was closed meanwhile.
    }
  }

  private void accept(Listening listening) {
    try {
      for (SocketChannel channel = listening.channel().accept();
          channel != null;
          channel = listening.channel().accept()) {
        begin(channel, listening.dataCentre());
      }
    } catch (IOException e) {
      LOG.warn("a connection could not be accepted: {}", e.getMessage());
      // Most likely there are no descriptors left, and the selector would come back at once.
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private void begin(SocketChannel channel, ServedDataCentre dataCentre) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, 0);
    long number = ++connections;
    Connection connection = new Connection(number, dataCentre, channel, key, hub, listener);
    key.attach(connection);
    if (isTooFast(channel, dataCentre)) {
      connection.cameTooFast();
    }
    hub.book().opened(connection);
    listener.opened(
        new ConnectionId(number), dataCentre.dc(), (InetSocketAddress) channel.getRemoteAddress());
    key.interestOps(SelectionKey.OP_READ);
  }

  private boolean isTooFast(SocketChannel channel, ServedDataCentre dataCentre) throws IOException {
    if (hub.faults().isEmpty()) {
      return false;
    }
    InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    return hub.faults()
            .strike(
                Fault.ConnectionLimit.class,
                () -> hub.place(dataCentre.dc(), null),
                limit -> rate.isTooFast(from, limit, System.nanoTime()))
        != null;
  }

  private void sweep() {
    long now = System.nanoTime();
    if (now - sweptAt >= SWEEP.toNanos()) {
      sweptAt = now;
      for (SelectionKey key : selector.keys()) {
        if (key.attachment() instanceof Connection connection) {
          connection.closeIfDue(now);
        }
      }
    }
    if (now - forgottenAt >= FORGET.toNanos()) {
      forgottenAt = now;
      long since = hub.clock().now() - hub.options().sessionLifetime().toMillis();
      hub.keys().forgetIdleSince(since).forEach(SessionLink::end);
    }
  }

  private void closeChannels() {
    for (SelectionKey key : selector.keys()) {
      try {
        if (key.attachment() instanceof Connection connection) {
          connection.close("the sandbox ends");
        } else {
          key.channel().close();
        }
      } catch (IOException e) {
        LOG.debug("a port was not closed well", e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("the selector was not closed well", e);
    }
    ports.close();
  }
}
