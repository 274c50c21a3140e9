package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import java.net.InetSocketAddress;

/**
 * Where a data centre listens.
 *
 * @param dc its number
 * @param address its address on 127.0.0.1
 */
public record Endpoint(DcId dc, InetSocketAddress address) {}
