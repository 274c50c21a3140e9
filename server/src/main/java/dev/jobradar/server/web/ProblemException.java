package dev.jobradar.server.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A failure that the caller gets as a problem document (RFC 9457). Its {@code detail} is the text
 * {@code problem.CODE} of the message bundle, in the person's language. Not thread-safe until it is
 * thrown.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String code;
  private final transient Object[] arguments;
  private final transient Map<String, Object> properties = new LinkedHashMap<>();
  private final transient List<FieldProblem> fields = new ArrayList<>();
  private @Nullable Duration retryAfter;

  /**
   * One field of the request that is not right.
   *
   * @param name as it is in JSON
   * @param code its text is {@code problem.CODE}
   */
  record FieldProblem(String name, String code, List<Object> arguments) {}

  /**
   * @param code what programs may rely on, in snake_case; never changes
   * @param arguments what the text of that code mentions
   */
  public ProblemException(HttpStatus status, String code, Object... arguments) {
    super(status.value() + " " + code, null, false, false);
    this.status = status;
    this.code = code;
    this.arguments = arguments.clone();
  }

  /** 404 {@code not_found}: also for what belongs to somebody else. */
  public static ProblemException notFound() {
    return new ProblemException(HttpStatus.NOT_FOUND, "not_found");
  }

  /**
   * 400 {@code invalid_fields} with one field; {@link #and} adds others.
   *
   * @param field as it is in JSON
   * @param code what is wrong with it; its text is {@code problem.CODE}
   */
  public static ProblemException field(String field, String code, Object... arguments) {
    return new ProblemException(HttpStatus.BAD_REQUEST, "invalid_fields")
        .and(field, code, arguments);
  }

  /** One more field that is not right. */
  public ProblemException and(String field, String fieldCode, Object... fieldArguments) {
    fields.add(new FieldProblem(field, fieldCode, List.copyOf(Arrays.asList(fieldArguments))));
    return this;
  }

  /** One more member of the document. */
  public ProblemException with(String name, Object value) {
    properties.put(name, value);
    return this;
  }

  /** When it is worth another try: the header {@code Retry-After}, and {@code retry_after}. */
  public ProblemException retryAfter(Duration wait) {
    retryAfter = wait;
    return this;
  }

  /** The HTTP status. */
  public HttpStatus status() {
    return status;
  }

  /** What programs may rely on. */
  public String code() {
    return code;
  }

  Object[] arguments() {
    return arguments.clone();
  }

  Map<String, Object> properties() {
    return properties;
  }

  List<FieldProblem> fields() {
    return fields;
  }

  /** In whole seconds, rounded up: earlier would be refused again. */
  public @Nullable Long retryAfterSeconds() {
    return retryAfter == null ? null : Math.max(1, retryAfter.plusMillis(999).toSeconds());
  }
}
