package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;

/**
 * Somebody has used a token that a browser had replaced: the browser's cookie was copied, and its
 * session is ended.
 *
 * @param browser what its owner calls it, empty when that is not known
 * @param place the network that the copy came from
 */
public record SessionCopied(UserId user, String browser, String place) {}
