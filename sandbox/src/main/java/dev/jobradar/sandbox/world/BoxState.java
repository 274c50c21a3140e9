package dev.jobradar.sandbox.world;

/**
 * Where an account's updates stand.
 *
 * @param pts the common position; 1 before anything happened
 * @param date unix seconds
 * @param seq the number of the last update without a position of its own
 * @param unread unread chats
 */
public record BoxState(int pts, int date, int seq, int unread) {}
