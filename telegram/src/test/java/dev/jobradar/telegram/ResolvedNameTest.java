package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.api.Channel;
import dev.jobradar.tl.api.ChannelForbidden;
import dev.jobradar.tl.api.ChatPhotoEmpty;
import dev.jobradar.tl.api.PeerChannel;
import dev.jobradar.tl.api.PeerUser;
import dev.jobradar.tl.api.TypeChat;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the answers of {@code contacts.resolveUsername} mean. */
class ResolvedNameTest {
  private static final long WANTED = 7;

  private static ResolvedPeer answer(TypeChat... chats) {
    return new ResolvedPeer(new PeerChannel(WANTED), List.of(chats), List.of());
  }

  private static Channel.Builder channel(long id) {
    return Channel.builder()
        .id(id)
        .accessHash(id * 10)
        .title("title")
        .photo(new ChatPhotoEmpty())
        .date(1);
  }

  @Test
  void the_channel_is_the_one_that_was_named_wherever_it_stands_in_the_answer() {
    assertThat(Channels.peerIn(answer(channel(6).build(), channel(WANTED).build())))
        .isEqualTo(new ChannelPeer(WANTED, 70));
  }

  @Test
  void a_channel_that_is_closed_to_the_account_is_refused_as_private() {
    ChannelForbidden closed =
        ChannelForbidden.builder().id(WANTED).accessHash(70).title("title").build();
    assertThatThrownBy(() -> Channels.peerIn(answer(channel(6).build(), closed)))
        .isInstanceOfSatisfying(
            RpcException.Other.class,
            e -> {
              assertThat(e.is("CHANNEL_PRIVATE")).isTrue();
              assertThat(e.code()).isEqualTo(400);
            });
  }

  @Test
  void a_channel_that_cannot_be_reached_with_what_is_told_breaks_the_protocol() {
    assertThatThrownBy(() -> Channels.peerIn(answer(channel(WANTED).min(true).build())))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Channels.peerIn(answer(channel(6).build())))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_person_is_no_channel() {
    assertThat(Channels.peerIn(new ResolvedPeer(new PeerUser(5), List.of(), List.of()))).isNull();
  }
}
