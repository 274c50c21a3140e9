package dev.jobradar.sandbox.world;

/**
 * A line in an account's list of chats.
 *
 * @param top the newest message; 0 if there is none
 * @param date when that was written, or when the channel was joined; unix seconds
 * @param readInbox read by the account up to here
 * @param readOutbox read by the other side up to here
 * @param unread how many the account has not read
 */
public record Dialog(Peer peer, int top, int date, int readInbox, int readOutbox, int unread) {}
