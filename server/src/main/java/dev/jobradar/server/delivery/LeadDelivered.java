package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.leads.LeadId;

/** Published, after the transaction, when a message about a lead was sent. */
public record LeadDelivered(UserId user, LeadId lead) {}
