package dev.jobradar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.benchmarks.Watched.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WatchedTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SEND = "messages.sendMessage";
  private static final String READ = "messages.getHistory";

  private final Watched watched = new Watched();

  private void rpc(long nanos, String method, long user) {
    see(nanos, "{\"event\":\"rpc\",\"method\":\"" + method + "\",\"user_id\":" + user + "}");
  }

  private void see(long nanos, String line) {
    watched.on(JSON.readTree(line), nanos);
  }

  @Test
  void requests_are_counted_by_method_and_account() {
    rpc(1, READ, 7);
    rpc(2, READ, 8);
    rpc(3, SEND, 7);
    rpc(4, READ, 9);
    see(5, "{\"event\":\"posted\",\"channel\":\"javajobs\",\"id\":1}");
    assertThat(watched.requests(List.of(7L, 8L))).isEqualTo(Map.of(READ, 2, SEND, 1));
    assertThat(watched.requests(List.of(9L))).isEqualTo(Map.of(READ, 1));
    assertThat(watched.requests(List.of(6L))).isEmpty();
  }

  @Test
  void messages_have_the_moments_at_which_they_were_sent() {
    rpc(10, SEND, 7);
    rpc(15, SEND, 8);
    rpc(20, SEND, 7);
    assertThat(watched.messages(7, List.of("лид-3-лид", "лид-4-лид и лид-5-лид")))
        .containsExactly(new Message(10, List.of(3)), new Message(20, List.of(4, 5)));
    assertThatCode(() -> watched.requireWhole(7, 2)).doesNotThrowAnyException();
  }

  @Test
  void a_message_that_was_not_seen_to_be_sent_yet_waits() {
    rpc(10, SEND, 7);
    assertThat(watched.messages(7, List.of("лид-3-лид", "лид-4-лид"))).hasSize(1);
    assertThatThrownBy(() -> watched.requireWhole(7, 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_message_that_was_refused_was_not_sent() {
    see(
        10,
        """
        {"event":"rpc","method":"messages.sendMessage","user_id":7,"error":"RANDOM_ID_DUPLICATE"}
        """);
    rpc(20, SEND, 7);
    assertThat(watched.messages(7, List.of("лид-3-лид")))
        .containsExactly(new Message(20, List.of(3)));
    assertThat(watched.errors()).containsExactly("messages.sendMessage RANDOM_ID_DUPLICATE");
    assertThat(watched.requests(List.of(7L))).isEqualTo(Map.of(SEND, 2));
  }

  @Test
  void counting_anew_forgets_requests_and_not_when_messages_were_sent() {
    rpc(10, SEND, 7);
    watched.resetConnectionCounts();
    assertThat(watched.requests(List.of(7L))).isEmpty();
    assertThat(watched.messages(7, List.of("лид-3-лид"))).hasSize(1);
  }

  @Test
  void lines_that_were_left_out_make_it_worthless() {
    rpc(10, SEND, 7);
    see(11, "{\"event\":\"dropped\",\"rpc\":1,\"other\":0}");
    assertThatThrownBy(() -> watched.requireWhole(7, 1)).isInstanceOf(IllegalStateException.class);
  }
}
