package dev.jobradar.benchmarks.attack;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with an address and a browser that keeps its cookies. For one thread at a time. */
final class Browser {
  private static final JsonMapper JSON = new JsonMapper();

  private final Target target;
  private final String address;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(Target target, String address) {
    this.target = target;
    this.address = address;
  }

  /** An answer. */
  record Answer(int status, JsonNode body) {
    boolean isOk() {
      return status == 200;
    }

    String text(String field) {
      return body.path(field).asString("");
    }

    /** As an innocent person would tell it. */
    String told() {
      String wait = body.path("retry_after").isNumber() ? ", " + text("retry_after") + " s" : "";
      return status + " " + text("code") + wait;
    }
  }

  /** The same person's cookies in somebody else's hands. */
  Browser copy(String elsewhere) {
    Browser copy = new Browser(target, elsewhere);
    copy.cookies.putAll(cookies);
    return copy;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, null);
  }

  Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  Answer put(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  private Answer send(String method, String path, @Nullable Map<String, ?> body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = target.to(path).header("X-Forwarded-For", address);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    HttpResponse<String> answer =
        target.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    answer.headers().allValues("Set-Cookie").forEach(this::keep);
    return new Answer(answer.statusCode(), json(answer.body()));
  }

  private void keep(String cookie) {
    int end = cookie.indexOf('=');
    String value = cookie.substring(end + 1, cookie.indexOf(';'));
    if (value.isEmpty()) {
      cookies.remove(cookie.substring(0, end));
    } else {
      cookies.put(cookie.substring(0, end), value);
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JacksonException noJson) {
      return JSON.createObjectNode();
    }
  }
}
