package dev.jobradar.server.filter;

import org.jspecify.annotations.Nullable;

/**
 * A link of a post whose address is not in its text: behind words, or behind a button.
 *
 * @param address where it leads
 * @param shown the words of the text that it is behind; null when they are not in the text
 */
public record HiddenLink(String address, @Nullable Span shown) {}
