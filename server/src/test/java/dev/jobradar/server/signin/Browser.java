package dev.jobradar.server.signin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who calls the API from an address of their own and keeps the cookie they are given. */
final class Browser {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final String address;
  private String base;
  private @Nullable String token;
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
    return token;
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
            .header("X-Forwarded-For", address);
    return token == null ? request : request.header("Cookie", "auth_token=" + token);
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
      response.headers().allValues("Set-Cookie").stream()
          .filter(cookie -> cookie.startsWith("auth_token="))
          .forEach(this::keep);
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void keep(String cookie) {
    setCookie = cookie;
    String value = cookie.substring("auth_token=".length(), cookie.indexOf(';'));
    token = value.isEmpty() ? null : value;
  }
}
