package dev.jobradar.sandbox.rpc;

import org.jspecify.annotations.Nullable;

/**
 * Where a data centre listens.
 *
 * @param id its number, from 1
 * @param host its IPv4 address
 * @param port its port, at both addresses
 * @param ipv6 its IPv6 address; null if it has none
 */
public record DataCentre(int id, String host, int port, @Nullable String ipv6) {

  /** One without an IPv6 address. */
  public DataCentre(int id, String host, int port) {
    this(id, host, port, null);
  }
}
