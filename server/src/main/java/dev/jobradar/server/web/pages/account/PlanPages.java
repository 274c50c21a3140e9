package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Plan;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What a person's plan allows, and how much of it they use. */
@Controller
class PlanPages {
  private final Tasks tasks;
  private final Operator operator;
  private final InstantSource clock;

  PlanPages(Tasks tasks, Operator operator, InstantSource clock) {
    this.tasks = tasks;
    this.operator = operator;
    this.clock = clock;
  }

  @GetMapping("/plan")
  String page(@CurrentUser User user, Model model) {
    model
        .addAttribute("account", user)
        .addAttribute("plan", user.planAt(clock.instant()))
        .addAttribute("used", tasks.count(user.id()))
        .addAttribute("plans", List.of(Plan.START, Plan.PRO, Plan.BUSINESS))
        .addAttribute("operator", operator);
    return "pages/account/plan";
  }
}
