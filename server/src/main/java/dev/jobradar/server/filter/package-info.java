/**
 * Which posts a task wants: {@link dev.jobradar.server.filter.Keywords} made once for a task,
 * {@link dev.jobradar.server.filter.PostWords} made once for a post, and a {@link
 * dev.jobradar.server.filter.Match} where the two meet. {@link
 * dev.jobradar.server.filter.Fingerprint} recognizes a vacancy that was posted before.
 *
 * <p>Plain Java without I/O, apart from the dictionaries, which are read from the class path at
 * first use. docs/filter.md explains how it decides. A text goes through {@code FoldedText}
 * (letters made comparable, places kept), {@code Links} (what is an address and no words), {@code
 * Tokenizer} (words and their places) and {@code WordForms} (what a word's forms have in common).
 */
@NullMarked
package dev.jobradar.server.filter;

import org.jspecify.annotations.NullMarked;
