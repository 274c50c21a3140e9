package dev.jobradar.server.filter;

import java.util.Set;

/**
 * One word of a keyword.
 *
 * @param surface as it is written, folded
 * @param keys what a word of the text must share one of
 * @param prefix whether words that only begin like it will do instead
 */
record Term(String surface, Set<String> keys, boolean prefix) {}
