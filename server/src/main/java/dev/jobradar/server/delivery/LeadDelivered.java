package dev.jobradar.server.delivery;

import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.users.UserId;

/** Published, after the transaction, when a message about a lead was sent. */
public record LeadDelivered(UserId user, LeadId lead) {}
