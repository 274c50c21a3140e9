package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a data centre listens.
 *
 * @param dc its number
 * @param address its address on 127.0.0.1
 * @param ipv6 the same on ::1; null if it does not listen there
 */
public record Endpoint(DcId dc, InetSocketAddress address, @Nullable InetSocketAddress ipv6) {}
