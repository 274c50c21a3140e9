package dev.jobradar.server.web.pages;

import dev.jobradar.server.web.ProblemPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Says in words what went wrong: on a page, or in the open page when a part of it was asked for.
 * Who is not signed in is led to the sign-in, and from there back.
 */
@Component
class ProblemPages implements ProblemPage {
  private final PageFrames frames;
  private final ObjectProvider<ThymeleafViewResolver> views;

  ProblemPages(PageFrames frames, ObjectProvider<ThymeleafViewResolver> views) {
    this.frames = frames;
    this.views = views;
  }

  @Override
  public void answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
      leadToSignIn(request, response);
      return;
    }
    Map<String, Object> model = new HashMap<>();
    model.put("page", frames.of(request, problem.locale()));
    model.put("problem", problem);
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setContentType(MediaType.TEXT_HTML_VALUE);
    String name = "pages/problem";
    if (Htmx.isFragment(request)) {
      name = "pages/problem :: notice";
      response.setHeader("HX-Retarget", "#notices");
      response.setHeader("HX-Reswap", "innerHTML");
    }
    View view = views.getObject().resolveViewName(name, problem.locale());
    Objects.requireNonNull(view, name).render(model, request, response);
  }

  private static void leadToSignIn(HttpServletRequest request, HttpServletResponse response) {
    String address = "/sign-in?next=" + PageFrames.path(request).encoded();
    if (Htmx.isHtmx(request)) {
      // A redirect would be followed unseen, and the sign-in put into a corner of the page.
      response.setStatus(HttpStatus.OK.value());
      response.setHeader("HX-Redirect", address);
    } else {
      response.setStatus(HttpStatus.SEE_OTHER.value());
      response.setHeader(HttpHeaders.LOCATION, address);
    }
  }
}
