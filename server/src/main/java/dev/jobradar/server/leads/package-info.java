/**
 * Leads: the posts that matched. {@link dev.jobradar.server.leads.PostProcessor} turns posts into
 * leads, in one transaction with how far the sources were read and the deliveries to make; {@link
 * dev.jobradar.server.leads.ChangedPosts} follows posts that are edited or deleted, and {@link
 * dev.jobradar.server.leads.Leads} holds the leads for the person.
 *
 * <p>Most posts concern nobody. Those are matched against tasks in memory, and how far they were
 * read is stored for all users together.
 */
@NullMarked
package dev.jobradar.server.leads;

import org.jspecify.annotations.NullMarked;
