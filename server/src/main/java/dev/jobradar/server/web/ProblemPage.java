package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers a failed request for a page; implemented by the pages. */
public interface ProblemPage {
  /**
   * What people are told.
   *
   * @param status the HTTP status
   * @param code what programs call it
   * @param detail what is wrong, in the language of {@code locale}
   * @param requestId what support can look for in the log
   */
  record Problem(
      int status, String code, String detail, Locale locale, @Nullable String requestId) {}

  /** Writes the whole answer, or leads to another page. */
  void answer(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws Exception;
}
