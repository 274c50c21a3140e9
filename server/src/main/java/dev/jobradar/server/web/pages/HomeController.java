package dev.jobradar.server.web.pages;

import dev.jobradar.server.web.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The site's own address: it leads on to where somebody wants to be. */
@Controller
class HomeController {
  @GetMapping("/")
  ResponseEntity<Void> home(HttpServletRequest request) {
    return SeeOther.to(Visitor.of(request).isPresent() ? "/leads" : "/welcome");
  }
}
