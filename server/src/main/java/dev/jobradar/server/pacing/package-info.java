/**
 * Work for many users on a bounded number of threads, limits per user, and pauses between tries.
 * One user never waits for another. Time is measured by a clock that nobody sets: {@link
 * dev.jobradar.server.pacing.ClockWatch} tells when the machine's clock was set.
 */
@NullMarked
package dev.jobradar.server.pacing;

import org.jspecify.annotations.NullMarked;
