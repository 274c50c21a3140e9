package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.session.SessionLimits;
import dev.jobradar.sandbox.fault.Faults;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a network is opened.
 *
 * @param port the port of data centre 1 on 127.0.0.1; the others have those that follow; 0 takes a
 *     free port for each
 * @param dataCentres how many data centres, 1 or more
 * @param ipv6 whether they listen on ::1 too, each at the same port
 * @param strict whether a signed-in key that is used over two connections at once is ended
 * @param clock the server's time
 * @param limits what is held for one session
 * @param sessionLifetime how long a session is remembered after its last message
 * @param faults what goes wrong on purpose
 */
public record NetworkOptions(
    int port,
    int dataCentres,
    boolean ipv6,
    boolean strict,
    InstantSource clock,
    SessionLimits limits,
    Duration sessionLifetime,
    Faults faults) {
  /** As Telegram does, as far as one can tell. */
  public static NetworkOptions of(int port, int dataCentres, boolean strict) {
    return new NetworkOptions(
        port,
        dataCentres,
        false,
        strict,
        InstantSource.system(),
        SessionLimits.DEFAULT,
        Duration.ofHours(1),
        new Faults());
  }
}
