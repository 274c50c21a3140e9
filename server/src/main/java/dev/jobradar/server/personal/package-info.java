/**
 * What is kept about a person: given out whole, and deleted whole. It reads the tables of all
 * packages and writes none; {@link dev.jobradar.server.personal.KeptTables} lists them.
 */
@NullMarked
package dev.jobradar.server.personal;

import org.jspecify.annotations.NullMarked;
