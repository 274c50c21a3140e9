/**
 * Ways to Telegram where the straight one is shut: SOCKS5, HTTP CONNECT and MTProxy, read from URLs
 * and links, and used as a {@link dev.jobradar.mtproto.client.Dialer}.
 */
@NullMarked
package dev.jobradar.telegram.proxy;

import org.jspecify.annotations.NullMarked;
