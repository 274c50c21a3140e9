/**
 * Leads: the posts that matched. {@link dev.jobradar.server.leads.PostProcessor} turns posts into
 * leads, in one transaction with how far the sources were read and the deliveries to make; {@link
 * dev.jobradar.server.leads.Leads} holds them for the person.
 */
@NullMarked
package dev.jobradar.server.leads;

import org.jspecify.annotations.NullMarked;
