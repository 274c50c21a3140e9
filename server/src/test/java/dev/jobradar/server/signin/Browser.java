package dev.jobradar.server.signin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who calls the API from an address of their own and keeps the cookies they are given. */
final class Browser {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final String address;
  private String base;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private String setCookie = "";

  /**
   * @param base where the service is
   * @param address where the person comes from, as a proxy would tell
   */
  Browser(HttpClient http, String base, String address) {
    this.http = http;
    this.base = base;
    this.address = address;
  }

  /** An answer. */
  record Reply(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }

    /** The code of the only wrong field, else of the whole problem. */
    String code() {
      JsonNode errors = body.path("errors");
      return errors.size() == 1 ? errors.get(0).path("code").asString() : text("code");
    }
  }

  void moveTo(String other) {
    base = other;
  }

  /** The last cookie that was set, with its flags. */
  String setCookie() {
    return setCookie;
  }

  @Nullable String token() {
    return cookies.get("auth_token");
  }

  /** Takes a copy of what another browser holds. */
  void steal(Browser other) {
    cookies.putAll(other.cookies);
  }

  /** Loses one of its cookies. */
  void lose(String cookie) {
    cookies.remove(cookie);
  }

  Reply delete(String path) {
    return send(request(path).DELETE());
  }

  Reply get(String path) {
    return send(request(path).GET());
  }

  Reply post(String path, Map<String, ?> body) {
    return send(json(request(path), "POST", body));
  }

  Reply put(String path, Map<String, ?> body) {
    return send(json(request(path), "PUT", body));
  }

  /** With headers of one's own, as another site would. */
  Reply post(String path, Map<String, ?> body, String header, String value) {
    return send(json(request(path), "POST", body).header(header, value));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
            .header("X-Forwarded-For", address);
    return cookies.isEmpty()
        ? request
        : request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; ")));
  }

  private static HttpRequest.Builder json(
      HttpRequest.Builder request, String method, Map<String, ?> body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void keep(String cookie) {
    int end = cookie.indexOf('=');
    String name = cookie.substring(0, end);
    String value = cookie.substring(end + 1, cookie.indexOf(';'));
    if (value.isEmpty()) {
      cookies.remove(name);
    } else {
      cookies.put(name, value);
    }
    if (name.equals("auth_token")) {
      setCookie = cookie;
    }
  }
}
