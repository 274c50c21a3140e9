package dev.jobradar.server.filter;

import java.util.List;
import java.util.Set;

/**
 * One word of a keyword.
 *
 * @param surface as it is written, folded
 * @param keys what a word of the text must share one of
 * @param prefix whether words that only begin like it will do instead
 * @param overBreaks in a phrase: whether punctuation may stand before it, as it does in the keyword
 */
record Term(String surface, Set<String> keys, boolean prefix, boolean overBreaks) {
  List<Occurrence> in(PostWords words) {
    return prefix ? words.findPrefix(surface) : words.find(keys);
  }
}
