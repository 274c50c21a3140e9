package dev.jobradar.server.leads;

/**
 * A part of a text, for highlighting.
 *
 * @param start its first character, in UTF-16 units from 0
 * @param end the one after its last
 */
public record Span(int start, int end) {}
