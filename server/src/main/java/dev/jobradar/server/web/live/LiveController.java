package dev.jobradar.server.web.live;

import dev.jobradar.server.users.User;
import dev.jobradar.server.web.CurrentUser;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /api/events}, and {@code /live} for the pages. */
@RestController
class LiveController {
  /** The delay before a browser reconnects. */
  private static final Duration RECONNECT = Duration.ofSeconds(3);

  private final LiveStreams streams;

  LiveController(LiveStreams streams) {
    this.streams = streams;
  }

  @Operation(summary = "Server-sent events: what happens, as it happens")
  @GetMapping(path = "/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@CurrentUser User user, HttpServletResponse response) {
    return open(user, response, event -> event.data() instanceof ChangedParts ? null : event);
  }

  /** Names the parts of pages that are to be read again, and brings nothing of them. */
  @Hidden
  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(@CurrentUser User user, HttpServletResponse response) {
    return open(user, response, LiveController::parts);
  }

  private static @Nullable LiveEvent parts(LiveEvent event) {
    if (event.name().equals(LiveStreams.READY)) {
      return event;
    }
    ChangedParts parts = ChangedParts.of(event.data());
    return parts.names().isEmpty() ? null : new LiveEvent(ChangedParts.EVENT, parts);
  }

  private SseEmitter open(
      User user, HttpServletResponse response, Function<LiveEvent, @Nullable LiveEvent> asSent) {
    // The stream itself knows when it ends.
    SseEmitter emitter = new SseEmitter(0L);
    LiveStream stream = streams.open(user.id(), new Page(emitter, asSent));
    emitter.onCompletion(stream::close);
    emitter.onError(failure -> stream.close());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Proxies that buffer would hold events back.
    response.setHeader("X-Accel-Buffering", "no");
    stream.start();
    return emitter;
  }

  /** What {@code asSent} makes null is not sent. */
  private record Page(SseEmitter emitter, Function<LiveEvent, @Nullable LiveEvent> asSent)
      implements LiveStream.Output {
    @Override
    public void send(LiveEvent happened) throws IOException {
      LiveEvent event = asSent.apply(happened);
      if (event == null) {
        return;
      }
      emitter.send(
          SseEmitter.event()
              .name(event.name())
              .reconnectTime(RECONNECT.toMillis())
              .data(event.data(), MediaType.APPLICATION_JSON));
    }

    @Override
    public void keepAlive() throws IOException {
      emitter.send(SseEmitter.event().comment("still here"));
    }

    @Override
    public void end() {
      emitter.complete();
    }
  }
}
