package dev.jobradar.server.web.live;

import dev.jobradar.clients.UserId;
import java.util.List;
import org.springframework.stereotype.Service;

/** Tells a person's open pages what they are to read again. Thread-safe. */
@Service
public class OpenPages {
  private final LiveStreams streams;

  OpenPages(LiveStreams streams) {
    this.streams = streams;
  }

  /**
   * Has the parts that show these things read again, in all of a person's browsers; waits for none
   * of them. For what people do on a page: what happens in the service is told anyway.
   *
   * @param names as they stand in {@code data-live}: {@code lead:12}, {@code counts}
   */
  public void changed(UserId user, String... names) {
    streams.tell(user, new LiveEvent(ChangedParts.EVENT, new ChangedParts(List.of(names))));
  }
}
