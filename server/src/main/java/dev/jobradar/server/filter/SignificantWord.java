package dev.jobradar.server.filter;

/**
 * A word of a vacancy that reposts keep.
 *
 * @param surface as it is written, folded; numbers in one spelling
 * @param decisive whether another word in its place makes another vacancy: a number, a technology,
 *     a name, a role
 * @param begins whether a line or a sentence begins with it
 * @param ends whether a line or a sentence ends with it
 */
record SignificantWord(String surface, boolean decisive, boolean begins, boolean ends) {}
