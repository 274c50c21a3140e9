package dev.jobradar.server.web.pages;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.json.JsonMapper;

/** The page, with its texts in the reader's language. */
@Controller
class HomeController {
  private static final String PREFIX = "page.";

  private final JsonMapper json;

  HomeController(JsonMapper json) {
    this.json = json;
  }

  @GetMapping("/")
  String home(Locale locale, Model model) {
    model.addAttribute("language", locale.getLanguage());
    model.addAttribute("texts", json.writeValueAsString(texts(locale)));
    return "home";
  }

  /** What the script says: the bundle's texts for pages, without their prefix. */
  private static Map<String, String> texts(Locale locale) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "messages",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> texts = new TreeMap<>();
    for (String key : bundle.keySet()) {
      if (key.startsWith(PREFIX)) {
        texts.put(key.substring(PREFIX.length()), bundle.getString(key));
      }
    }
    return texts;
  }
}
