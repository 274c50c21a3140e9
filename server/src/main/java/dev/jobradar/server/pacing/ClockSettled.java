package dev.jobradar.server.pacing;

/**
 * Published after the transaction of {@link ClockSet}: stored times are moved, and who sleeps until
 * one of them looks at it again.
 */
public record ClockSettled(ClockSet set) {}
