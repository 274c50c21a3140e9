package dev.jobradar.server.web.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page for who is not signed in. */
@Controller
class WelcomeController {
  @GetMapping("/welcome")
  String welcome() {
    return "pages/welcome";
  }
}
