package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.leads.LeadStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The list by status, with how many there are of each. In templates it is {@code tabs}. */
record LeadTabs(List<Tab> all) {
  /**
   * One of them.
   *
   * @param status empty for any
   * @param count null where it is not counted
   */
  record Tab(String status, String address, boolean chosen, @Nullable Long count) {
    /** Its text in the bundle. */
    public String key() {
      return "pages.leads.tab." + (status.isEmpty() ? "all" : status);
    }
  }

  /** Copies the list. */
  LeadTabs {
    all = List.copyOf(all);
  }

  /** For what a filter finds; what is deleted is not counted beside what is not. */
  static LeadTabs of(LeadQuery query, LeadInbox.Page found) {
    boolean counted = !query.trashed();
    List<Tab> tabs = new ArrayList<>();
    tabs.add(tab(query, "", counted ? found.count(Set.of()) : null));
    for (LeadStatus status : LeadStatus.values()) {
      tabs.add(tab(query, status.text(), counted ? found.count(Set.of(status)) : null));
    }
    tabs.add(tab(query, LeadQuery.DELETED, counted ? null : Long.valueOf(found.count(Set.of()))));
    return new LeadTabs(tabs);
  }

  private static Tab tab(LeadQuery query, String status, @Nullable Long count) {
    return new Tab(status, query.tab(status), query.status().equals(status), count);
  }
}
