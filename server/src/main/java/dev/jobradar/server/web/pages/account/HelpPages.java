package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.web.pages.PageTexts;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What JobRadar says of itself, to everybody. */
@Controller
class HelpPages {
  private static final int LONGEST = 100;

  private final PageTexts texts;
  private final Operator operator;

  HelpPages(PageTexts texts, Operator operator) {
    this.texts = texts;
    this.operator = operator;
  }

  @GetMapping("/help")
  String help(@RequestParam(defaultValue = "") String q, Locale locale, Model model) {
    String asked = q.length() > LONGEST ? q.substring(0, LONGEST) : q;
    List<HelpTopics.Topic> topics =
        HelpTopics.KEYS.stream()
            .map(key ->
                new HelpTopics.Topic(
                    key,
                    texts.text(locale, "pages.account.help." + key),
                    texts.text(locale, "pages.account.help." + key + ".answer")))
            .toList();
    model
        .addAttribute("q", asked)
        .addAttribute("topics", HelpTopics.find(topics, asked))
        .addAttribute("operator", operator);
    return "pages/account/help";
  }

  @GetMapping("/privacy")
  String privacy(Model model) {
    model.addAttribute("operator", operator);
    return "pages/account/privacy";
  }

  @GetMapping("/terms")
  String terms(Model model) {
    model.addAttribute("operator", operator);
    return "pages/account/terms";
  }
}
