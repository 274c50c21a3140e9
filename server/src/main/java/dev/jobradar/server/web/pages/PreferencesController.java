package dev.jobradar.server.web.pages;

import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import dev.jobradar.server.web.Cookies;
import dev.jobradar.server.web.CurrentUser;
import dev.jobradar.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Language and theme, also of who is not signed in. */
@Controller
class PreferencesController {
  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final Set<String> LANGUAGES = Set.of("ru", "en");

  private final Users users;

  PreferencesController(Users users) {
    this.users = users;
  }

  @PostMapping("/preferences")
  ResponseEntity<Void> change(
      @RequestParam(required = false) @Nullable String language,
      @RequestParam(required = false) @Nullable String theme,
      @RequestParam(required = false) @Nullable String back,
      @CurrentUser Optional<User> user,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (language != null) {
      if (!LANGUAGES.contains(language)) {
        throw new ProblemException(HttpStatus.BAD_REQUEST, "bad_request");
      }
      user.ifPresent(known -> users.language(known.id(), language));
      Cookies.LANGUAGE.write(request, response, language, LIFETIME);
    }
    if (theme != null) {
      Theme chosen =
          Theme.of(theme)
              .orElseThrow(() -> new ProblemException(HttpStatus.BAD_REQUEST, "bad_request"));
      Cookies.THEME.write(request, response, chosen.text(), LIFETIME);
    }
    return SeeOther.to(LocalPath.of(back).orElse(new LocalPath("/welcome")));
  }
}
