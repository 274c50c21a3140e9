/**
 * Deletes, a little at a time, what nobody needs any more: old deliveries, backfills and the like.
 * Leads stay until their owner deletes them.
 */
@NullMarked
package dev.jobradar.server.housekeeping;

import org.jspecify.annotations.NullMarked;
