/**
 * Work for many users on a bounded number of threads, limits per user, and pauses between tries.
 * One user never waits for another.
 */
@NullMarked
package dev.jobradar.server.pacing;

import org.jspecify.annotations.NullMarked;
