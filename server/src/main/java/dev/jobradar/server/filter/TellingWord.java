package dev.jobradar.server.filter;

/**
 * A word of a vacancy that is told again.
 *
 * @param surface as it is written, folded; figures in one form
 * @param decisive whether another word in its place makes another vacancy: a figure, a technology,
 *     a name, somebody's role
 * @param begins whether a line or a sentence begins with it
 * @param ends whether a line or a sentence ends with it
 */
record TellingWord(String surface, boolean decisive, boolean begins, boolean ends) {}
