/**
 * Where state lives: the database (SQLite by default, PostgreSQL for production, one set of
 * statements), the lock that keeps a second process out, and the key that session strings are
 * encrypted with.
 */
@NullMarked
package dev.jobradar.server.storage;

import org.jspecify.annotations.NullMarked;
