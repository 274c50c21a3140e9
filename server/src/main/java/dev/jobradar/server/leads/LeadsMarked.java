package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import java.util.List;

/**
 * Published, after the transaction, when a person did something with their leads: gave them a
 * status or a note, deleted them or took that back.
 */
public record LeadsMarked(UserId user, List<LeadId> leads) {
  /** Copies the list. */
  public LeadsMarked {
    leads = List.copyOf(leads);
  }
}
