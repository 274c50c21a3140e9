/**
 * Backfill: brings the last posts of a source that a task would have caught into its leads. How far
 * each one is, is in the database; {@link dev.jobradar.server.backfill.BackfillChanged} tells of
 * every step.
 */
@NullMarked
package dev.jobradar.server.backfill;

import org.jspecify.annotations.NullMarked;
