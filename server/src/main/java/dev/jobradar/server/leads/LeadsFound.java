package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import java.util.List;

/** Published, after the transaction, when new leads were stored; oldest first. */
public record LeadsFound(UserId user, List<LeadId> leads) {
  /** Copies the list. */
  public LeadsFound {
    leads = List.copyOf(leads);
  }
}
