package dev.jobradar.server.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page of these packages its {@code page}. */
@ControllerAdvice(basePackageClasses = PageModel.class)
class PageModel {
  private final PageFrames frames;

  PageModel(PageFrames frames) {
    this.frames = frames;
  }

  @ModelAttribute("page")
  PageFrame page(HttpServletRequest request, Locale locale) {
    return frames.of(request, locale);
  }
}
