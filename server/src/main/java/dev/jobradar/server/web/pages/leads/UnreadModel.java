package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.web.Visitor;
import dev.jobradar.server.web.pages.PageFrame;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.LongSupplier;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page how many leads are new: in templates it is {@code unread}. */
@ControllerAdvice(basePackageClasses = PageFrame.class)
class UnreadModel {
  private final LeadInbox inbox;

  UnreadModel(LeadInbox inbox) {
    this.inbox = inbox;
  }

  /** Counted only where it is shown. */
  record Unread(LongSupplier counter) {
    public long count() {
      return counter.getAsLong();
    }
  }

  @ModelAttribute("unread")
  Unread unread(HttpServletRequest request) {
    return new Unread(() -> Visitor.of(request).map(user -> inbox.countNew(user.id())).orElse(0L));
  }
}
