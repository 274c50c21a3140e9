/**
 * The service beside the way of its predecessor, in one run: the same posts at the same moments, as
 * many users with the same tasks, one sandbox. {@code OldLoop} is the old way, {@code Service} the
 * real service, and {@code OldWay} the program.
 */
@NullMarked
package dev.jobradar.benchmarks.oldway;

import org.jspecify.annotations.NullMarked;
