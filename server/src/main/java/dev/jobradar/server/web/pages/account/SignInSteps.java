package dev.jobradar.server.web.pages.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * At which step of a sign-in each browser is, so that neither a reload nor another tab loses it. A
 * browser is known by the secret in its cookie and has one sign-in at a time. What is over stays
 * until newer ones need the room: so its owner is told. Thread-safe.
 *
 * <p>In memory, like Telegram's sign-ins themselves: they do not survive a restart either.
 */
@Component
class SignInSteps {
  private static final int MOST = 10_000;

  private final Map<String, Underway> byBrowser =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Underway> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Underway> find(String browser) {
    return Optional.ofNullable(byBrowser.get(browser));
  }

  synchronized void put(String browser, Underway step) {
    byBrowser.remove(browser);
    byBrowser.put(browser, step);
  }

  /** Changes a step that is still there. */
  synchronized void change(String browser, UnaryOperator<Underway> change) {
    byBrowser.computeIfPresent(browser, (_, step) -> change.apply(step));
  }

  synchronized void remove(String browser) {
    byBrowser.remove(browser);
  }
}
