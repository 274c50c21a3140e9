/**
 * Deletes old rows, a little at a time: deliveries, backfills and the like. Leads stay until their
 * owner deletes them.
 */
@NullMarked
package dev.jobradar.server.housekeeping;

import org.jspecify.annotations.NullMarked;
