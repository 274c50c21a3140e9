package dev.jobradar.server.web;

import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.web.BodyLimitFilter.BodyTooLargeException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Makes a problem document of everything that goes wrong: {@code type}, {@code title}, {@code
 * status}, {@code detail} for people, {@code code} for programs, {@code instance}, {@code
 * request_id}, and {@code errors} where single fields are not right.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  /** A lock on the database is over soon, as a rule. */
  private static final Duration STORAGE = Duration.ofSeconds(5);

  private final MessageSource messages;
  private final LocaleResolver locales;
  private final InstantSource clock;
  private final ProblemTexts texts;
  private final ObjectProvider<ProblemPage> page;

  ProblemAdvice(
      MessageSource messages,
      LocaleResolver locales,
      InstantSource clock,
      ProblemTexts texts,
      ObjectProvider<ProblemPage> page) {
    this.messages = messages;
    this.locales = locales;
    this.clock = clock;
    this.texts = texts;
    this.page = page;
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> told(ProblemException problem, WebRequest request) {
    if (problem.status().is5xxServerError()) {
      logger.warn("answered " + problem.getMessage());
    }
    return answer(problem, problem, new HttpHeaders(), request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> account(AccountException failure, WebRequest request) {
    return told(AccountProblems.of(failure, clock.instant()), request);
  }

  /** The service is being stopped. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> interrupted(InterruptedException stop, WebRequest request) {
    Thread.currentThread().interrupt();
    return answer(
        stop,
        new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable"),
        new HttpHeaders(),
        request);
  }

  /** The database is locked, full or away: that passes, and thousands of traces tell no more. */
  @ExceptionHandler({
    TransientDataAccessException.class,
    NonTransientDataAccessResourceException.class,
    TransactionException.class
  })
  @Nullable ResponseEntity<Object> storage(NestedRuntimeException failure, WebRequest request) {
    Throwable cause = failure.getMostSpecificCause();
    logger.warn(
        "the database failed: "
            + failure.getClass().getSimpleName()
            + ", "
            + cause.getClass().getSimpleName()
            + (cause instanceof SQLException sql
                ? " " + sql.getErrorCode() + " " + sql.getSQLState()
                : ""));
    return answer(
        failure,
        new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable").retryAfter(STORAGE),
        new HttpHeaders(),
        request);
  }

  /** A parameter or header that Spring Security's firewall rejects. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> malformed(RequestRejectedException refused, WebRequest request) {
    return answer(
        refused,
        new ProblemException(HttpStatus.BAD_REQUEST, "bad_request"),
        new HttpHeaders(),
        request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> unexpected(Exception failure, WebRequest request) {
    logger.error("a request failed", failure);
    return answer(
        failure,
        new ProblemException(HttpStatus.INTERNAL_SERVER_ERROR, "internal"),
        new HttpHeaders(),
        request);
  }

  /** Everything that Spring itself refuses ends up here. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception failure,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpStatus known = HttpStatus.resolve(status.value());
    HttpStatus answered = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    if (answered.is5xxServerError()) {
      logger.error("a request failed", failure);
    }
    return answer(failure, problemOf(failure, answered, request), headers, request);
  }

  private ProblemException problemOf(Exception failure, HttpStatus status, WebRequest request) {
    return switch (failure) {
      case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
      case MethodArgumentNotValidException invalid ->
          invalid(
              invalid.getBindingResult().getFieldErrors().stream()
                  .map(error -> Map.entry(error.getField(), (MessageSourceResolvable) error))
                  .toList(),
              request);
      case HandlerMethodValidationException invalid -> {
        List<Map.Entry<String, MessageSourceResolvable>> errors = new ArrayList<>();
        invalid
            .getParameterValidationResults()
            .forEach(result ->
                result
                    .getResolvableErrors()
                    .forEach(error -> {
                      String parameter = result.getMethodParameter().getParameterName();
                      String name =
                          error instanceof FieldError field
                              ? field.getField()
                              : String.valueOf(parameter);
                      errors.add(Map.entry(name, error));
                    }));
        yield invalid(errors, request);
      }
      case TypeMismatchException mismatch ->
          ProblemException.field(
              snakeCase(String.valueOf(mismatch.getPropertyName())), "wrong_type");
      case MissingServletRequestParameterException missing ->
          ProblemException.field(snakeCase(missing.getParameterName()), "missing");
      default -> new ProblemException(status, codeOf(status));
    };
  }

  private static ProblemException unreadable(HttpMessageNotReadableException unreadable) {
    for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException) {
        return BodyLimitFilter.tooLarge();
      }
      if (cause instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
        return ProblemException.field(path(mismatch.getPath()), "wrong_type");
      }
    }
    return new ProblemException(HttpStatus.BAD_REQUEST, "malformed_json");
  }

  private static String path(List<JacksonException.Reference> references) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }

  private ProblemException invalid(
      List<Map.Entry<String, MessageSourceResolvable>> errors, WebRequest request) {
    Locale locale = locale(request);
    ProblemException problem = new ProblemException(HttpStatus.BAD_REQUEST, "invalid_fields");
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Map.Entry<String, MessageSourceResolvable> error : errors) {
      fields.add(
          field(
              snakeCase(error.getKey()), "invalid", messages.getMessage(error.getValue(), locale)));
    }
    return problem.with("errors", fields);
  }

  private static Map<String, Object> field(String name, String code, String detail) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("field", name);
    field.put("code", code);
    field.put("detail", detail);
    return field;
  }

  /** Java's names in the words of the API. */
  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** The code of what Spring or the container refuses. */
  static String codeOf(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> "authentication_required";
      case FORBIDDEN -> "forbidden";
      case NOT_FOUND -> "not_found";
      case METHOD_NOT_ALLOWED -> "method_not_allowed";
      case NOT_ACCEPTABLE -> "not_acceptable";
      case UNSUPPORTED_MEDIA_TYPE -> "json_only";
      case SERVICE_UNAVAILABLE -> "unavailable";
      default -> status.is4xxClientError() ? "bad_request" : "internal";
    };
  }

  private @Nullable ResponseEntity<Object> answer(
      Exception failure, ProblemException problem, HttpHeaders given, WebRequest request) {
    HttpHeaders headers = new HttpHeaders();
    given.forEach(headers::addAll);
    Locale locale = locale(request);
    ProblemPage asPage = PagePaths.isPage(servlet(request)) ? page.getIfAvailable() : null;
    if (asPage != null && show(asPage, problem, locale, (ServletWebRequest) request)) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", problem.status().getReasonPhrase());
    document.put("status", problem.status().value());
    document.put("detail", texts.detail(problem, locale));
    document.put("code", problem.code());
    document.put("instance", servlet(request).getRequestURI());
    List<Map<String, Object>> fields = new ArrayList<>();
    for (ProblemException.FieldProblem wrong : problem.fields()) {
      fields.add(field(wrong.name(), wrong.code(), texts.detail(wrong, locale)));
    }
    if (!fields.isEmpty()) {
      document.put("errors", fields);
    }
    problem.properties().forEach(document::put);
    Long retryAfter = problem.retryAfterSeconds();
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, retryAfter.toString());
      document.put("retry_after", retryAfter);
    }
    String id = RequestIdFilter.of(servlet(request));
    if (id != null) {
      document.put("request_id", id);
    }
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setContentLanguage(locale);
    return super.handleExceptionInternal(failure, document, headers, problem.status(), request);
  }

  /** Says whether that could be done: what broke a page may break this one too. */
  private boolean show(
      ProblemPage asPage, ProblemException problem, Locale locale, ServletWebRequest request) {
    HttpServletResponse response = request.getResponse();
    if (response == null || response.isCommitted()) {
      return false;
    }
    Long retryAfter = problem.retryAfterSeconds();
    if (retryAfter != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, retryAfter.toString());
    }
    try {
      asPage.answer(
          new ProblemPage.Problem(
              problem.status().value(),
              problem.code(),
              texts.detail(problem, locale),
              locale,
              RequestIdFilter.of(request.getRequest())),
          request.getRequest(),
          response);
      return true;
    } catch (Exception e) {
      logger.error("the page for a problem failed", e);
      return false;
    }
  }

  private Locale locale(WebRequest request) {
    return locales.resolveLocale(servlet(request));
  }

  private static HttpServletRequest servlet(WebRequest request) {
    return ((ServletWebRequest) request).getRequest();
  }
}
