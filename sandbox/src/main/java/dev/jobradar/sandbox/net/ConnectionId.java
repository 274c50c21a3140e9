package dev.jobradar.sandbox.net;

/**
 * The number of a connection, in the order in which they were accepted.
 *
 * @param value 1 or more
 */
public record ConnectionId(long value) {}
