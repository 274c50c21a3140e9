package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.telegram.updates.PassedOver;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.method.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages of a history that is thinned out, or holds what this version cannot read. */
class HistoryReaderTest {
  private static final ChannelPeer PEER = new ChannelPeer(5, 35);

  private final TreeMap<Integer, Message> messages = new TreeMap<>();
  private final Set<Integer> unreadable = new TreeSet<>();
  private int calls;

  /**
   * A server by api/offsets, whose pages hold at most so many of the results that were asked for.
   */
  private int mostOnPage = 100;

  private final HistoryReader reader =
      new HistoryReader(
          new HistoryReader.Caller() {
            @Override
            @SuppressWarnings("unchecked")
            public <R> R read(TlMethod<R> method) {
              calls++;
              return (R) page((Messages.GetHistory) method);
            }
          },
          PEER);

  private void post(int from, int to) {
    for (int id = from; id <= to; id++) {
      messages.put(
          id,
          Message.builder()
              .post(true)
              .id(id)
              .peerId(new PeerChannel(5))
              .date(1_700_000_000)
              .message("post " + id)
              .build());
    }
  }

  private ChannelMessages page(Messages.GetHistory call) {
    List<TypeMessage> page = new ArrayList<>();
    int skip = call.addOffset();
    for (Message message : messages.descendingMap().values()) {
      if ((call.offsetId() == 0 || message.id() < call.offsetId()) && skip-- <= 0) {
        page.add(message);
        if (page.size() == Math.min(call.limit(), mostOnPage)) {
          break;
        }
      }
    }
    if (page.stream().anyMatch(message -> unreadable.contains(((Message) message).id()))) {
      throw new ProtocolException(
          "the answer cannot be read", TlException.unknownConstructor("MessageMedia", 7));
    }
    return ChannelMessages.builder()
        .pts(1)
        .count(messages.size())
        .messages(page)
        .topics(List.of())
        .chats(List.of())
        .users(List.of())
        .build();
  }

  /** Reads all pages; what was passed over is negative. */
  private List<Integer> readAll() throws InterruptedException {
    List<Integer> read = new ArrayList<>();
    HistoryQuery query = HistoryQuery.NEWEST;
    while (true) {
      HistoryPage page = reader.page(query);
      page.passedOver()
          .forEach(lost -> IntStream.rangeClosed(-lost.toId(), -lost.fromId()).forEach(read::add));
      page.posts().forEach(post -> read.add(post.id()));
      if (page.next() == 0) {
        return read;
      }
      query = HistoryQuery.before(page.next());
    }
  }

  @Test
  void a_page_that_is_shorter_than_asked_is_no_end() throws Exception {
    post(1, 150);
    mostOnPage = 33;
    assertThat(readAll()).hasSize(150).startsWith(150).endsWith(1);
  }

  @Test
  void without_the_first_id_an_empty_page_is_the_end() throws Exception {
    post(7, 20);
    assertThat(readAll()).hasSize(14).endsWith(7);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void a_post_that_cannot_be_read_is_passed_over_and_all_others_are_read() throws Exception {
    post(1, 150);
    unreadable.addAll(List.of(150, 77, 76, 1));
    List<Integer> read = readAll();
    assertThat(read).filteredOn(id -> id < 0).containsExactly(-150, -77, -76, -1);
    assertThat(read).filteredOn(id -> id > 0).hasSize(146).isSortedAccordingTo((a, b) -> b - a);
    assertThat(calls).isLessThan(80);
  }

  @Test
  void it_is_said_which_post_was_passed_over_and_why() throws Exception {
    post(1, 3);
    unreadable.add(3);
    PassedOver lost = reader.page(HistoryQuery.NEWEST).passedOver().getFirst();
    assertThat(lost.fromId()).isEqualTo(3);
    assertThat(lost.toId()).isEqualTo(3);
  }

  @Test
  void when_no_answer_can_be_read_it_is_no_empty_page() {
    post(1, 30);
    unreadable.addAll(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThatThrownBy(() -> reader.page(HistoryQuery.NEWEST))
        .isInstanceOf(ProtocolException.class);
    assertThat(calls).isLessThan(20);
  }
}
