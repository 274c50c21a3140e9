package dev.jobradar.server.web.pages;

import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.ProblemTexts;
import dev.jobradar.server.web.live.OpenPages;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A page as all pages are made: for who is signed in, with a form and a live part. */
@Controller
@ConditionalOnProperty("sample.pages")
class SamplePages {
  private final ProblemTexts texts;
  private final OpenPages pages;
  final AtomicInteger count = new AtomicInteger();

  SamplePages(ProblemTexts texts, OpenPages pages) {
    this.texts = texts;
    this.pages = pages;
  }

  @GetMapping("/sample")
  String page(@CurrentUser User user, Model model) {
    return show(model, "", FormErrors.NONE);
  }

  private String show(Model model, String name, FormErrors errors) {
    model.addAttribute("name", name).addAttribute("errors", errors).addAttribute("count", count);
    return "pages/sample/sample";
  }

  @GetMapping("/sample/count")
  String count(@CurrentUser User user, Model model) {
    model.addAttribute("count", count);
    return "pages/sample/sample :: count";
  }

  @PostMapping("/sample")
  Object save(@CurrentUser User user, @RequestParam String name, Model model, Locale locale) {
    try {
      if (name.isBlank()) {
        throw ProblemException.field("name", "missing");
      }
      count.incrementAndGet();
      pages.changed(user.id(), "sample:1");
      return SeeOther.to("/sample");
    } catch (ProblemException refused) {
      return new ModelAndView(
          show(model, name, FormErrors.of(refused, texts, locale)),
          model.asMap(),
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
  }

  @GetMapping("/sample/broken")
  ResponseEntity<Void> broken(@CurrentUser User user) {
    throw new IllegalStateException("broken on purpose");
  }
}
