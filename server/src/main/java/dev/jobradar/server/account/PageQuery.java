package dev.jobradar.server.account;

/**
 * Which part of a history is wanted, newest first.
 *
 * @param beforeId only posts with lower ids; 0 for the newest
 * @param afterId only posts with greater ids; 0 for all
 * @param limit how many at most, 1 to 100
 */
public record PageQuery(int beforeId, int afterId, int limit) {}
