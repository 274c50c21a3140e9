/** What the tests of several modules have in common; nothing that ships depends on it. */
@org.jspecify.annotations.NullMarked
package dev.jobradar.testsupport;
