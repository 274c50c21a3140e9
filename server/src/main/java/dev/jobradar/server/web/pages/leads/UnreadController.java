package dev.jobradar.server.web.pages.leads;

import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** How many leads are new, for the menu of every page; also of who has no plan. */
@Controller
class UnreadController {
  @GetMapping("/leads/unread")
  String unread(@CurrentUser User user) {
    return "pages/leads/parts :: unread";
  }
}
