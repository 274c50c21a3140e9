package dev.jobradar.telegram.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyUrlTest {
  private static final String SECRET = "00112233445566778899aabbccddeeff";

  @Test
  void a_socks5_url_without_a_user() {
    assertThat(Proxy.parse("socks5://127.0.0.1:1080"))
        .isEqualTo(new Socks5Proxy(new ProxyAddress("127.0.0.1", 1080), null));
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://user:word@proxy.example:1080, user, word",
    "SOCKS5://user:word@proxy.example:1080, user, word",
    "socks5h://user:word@proxy.example:1080/, user, word",
    "socks5://user@proxy.example:1080, user, ''",
    "socks5://us%3Aer:w%40%25rd@proxy.example:1080, us:er, w@%rd",
    "socks5://user:a+b/c@d#e:f@proxy.example:1080, user, a+b/c@d#e:f",
    "tg://socks?server=proxy.example&port=1080&user=user&pass=w%20rd, user, w rd",
    "https://t.me/socks?server=proxy.example&port=1080&user=user&pass=word, user, word",
  })
  void a_socks5_url_with_a_user(String url, String user, String password) {
    assertThat(Proxy.parse(url))
        .isEqualTo(
            new Socks5Proxy(
                new ProxyAddress("proxy.example", 1080), new Credentials(user, password)));
  }

  @Test
  void a_socks_link_without_a_user() {
    assertThat(Proxy.parse("tg://socks?server=::1&port=1080&user="))
        .isEqualTo(new Socks5Proxy(new ProxyAddress("::1", 1080), null));
  }

  @Test
  void http_urls() {
    assertThat(Proxy.parse(" http://proxy.example:3128\n"))
        .isEqualTo(new HttpProxy(new ProxyAddress("proxy.example", 3128), null));
    assertThat(Proxy.parse("http://user:word@[2001:db8::1]:3128"))
        .isEqualTo(
            new HttpProxy(new ProxyAddress("2001:db8::1", 3128), new Credentials("user", "word")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mtproxy://SECRET@proxy.example:443",
        "tg://proxy?server=proxy.example&port=443&secret=SECRET",
        "tg://proxy/?port=443&secret=SECRET&server=proxy.example&more=x",
        "https://t.me/proxy?server=proxy.example&port=443&secret=SECRET",
        "https://t.me/proxy?server=proxy.example&port=443&secret=SECRET#there",
        "http://telegram.me/proxy?server=proxy.example&port=443&secret=SECRET",
      })
  void mtproxy_urls_and_links(String url) {
    MtProxy plain = (MtProxy) Proxy.parse(url.replace("SECRET", SECRET));
    MtProxy padded = (MtProxy) Proxy.parse(url.replace("SECRET", "dd" + SECRET));

    assertThat(plain.address()).isEqualTo(new ProxyAddress("proxy.example", 443));
    assertThat(plain.secret().framing()).isEqualTo(Framing.INTERMEDIATE);
    assertThat(padded.secret().framing()).isEqualTo(Framing.PADDED_INTERMEDIATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3QARIjNEVWZ3iJmqu8zd7v8",
        "3QARIjNEVWZ3iJmqu8zd7v8=",
        "3QARIjNEVWZ3iJmqu8zd7v8%3D"
      })
  void an_mtproxy_secret_can_be_base64(String secret) {
    MtProxy proxy =
        (MtProxy) Proxy.parse("tg://proxy?server=proxy.example&port=443&secret=" + secret);

    assertThat(proxy.secret().framing()).isEqualTo(Framing.PADDED_INTERMEDIATE);
  }

  @Test
  void a_secret_for_fake_tls_is_refused_by_name() {
    assertThatThrownBy(() ->
            Proxy.parse("tg://proxy?server=proxy.example&port=443&secret=ee" + SECRET + "7961"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ee")
        .hasMessageContaining("TLS")
        .hasMessageNotContainingAny(SECRET.substring(0, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "'', socks5://",
    "proxy.example:1080, socks5://",
    "ftp://proxy.example:1080, socks5://",
    "tg://join?invite=hunter2, socks5://",
    "https://proxy.example:443, TLS",
    "socks4://proxy.example:1080, SOCKS4",
    "socks5://proxy.example, host:port",
    "socks5://user:hunter2@proxy.example, host:port",
    "socks5://user:hunter2@proxy.example:0, port",
    "socks5://user:hunter2@proxy.example:65536, port",
    "socks5://user:hunter2@proxy.example:123456, host:port",
    "socks5://user:hunter2@proxy example:1080, host",
    "socks5://user:hunter2@[proxy]:1080, host:port",
    "socks5://user:hunter2@:1080, host:port",
    "socks5://:hunter2@proxy.example:1080, user name",
    "socks5://user:hunter2%@proxy.example:1080, percent",
    "http://us%3Aer:hunter2@proxy.example:1080, colon",
    "mtproxy://proxy.example:443, secret",
    "mtproxy://hunter2@proxy.example:443, MTProxy secret",
    "tg://proxy?server=proxy.example&port=443, secret",
    "tg://proxy?server=proxy.example&secret=00112233445566778899aabbccddeeff, port",
    "tg://proxy?server=proxy.example&port=x&secret=00112233445566778899aabbccddeeff, port",
    "tg://proxy?port=443&secret=00112233445566778899aabbccddeeff, server",
  })
  void what_is_none_is_refused_with_a_reason_that_shows_no_secret(String url, String reason) {
    assertThatThrownBy(() -> Proxy.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageContaining(reason)
        .hasMessageNotContainingAny("hunter2", SECRET);
  }

  @Test
  void a_user_that_no_socks5_proxy_could_take_is_refused() {
    assertThatThrownBy(() -> Proxy.parse("socks5://" + "ы".repeat(128) + ":x@127.0.0.1:1080"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("255 bytes");
  }

  @Test
  void a_long_text_is_refused_before_it_is_looked_at() {
    assertThatThrownBy(() -> Proxy.parse("socks5://" + "x".repeat(3000) + "@127.0.0.1:1080"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2048");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://user:hunter2@proxy.example:1080",
        "http://user:hunter2@proxy.example:1080",
        "mtproxy://dd" + SECRET + "@proxy.example:1080"
      })
  void to_string_shows_where_it_is_and_nothing_secret(String url) {
    Proxy proxy = Proxy.parse(url);

    assertThat(proxy.toString())
        .contains("proxy.example:1080")
        .doesNotContain("user")
        .doesNotContain("hunter2")
        .doesNotContain(SECRET.substring(0, 8));
    if (proxy instanceof Socks5Proxy socks) {
      assertThat(String.valueOf(socks.credentials())).doesNotContain("hunter2", "user");
    }
  }

  @Test
  void only_an_mtproxy_changes_the_transport() {
    Transport wanted = new Transport.Plain(Framing.ABRIDGED);
    DcId dc = new DcId(2);
    MtProxy mtproxy = (MtProxy) Proxy.parse("mtproxy://" + SECRET + "@proxy.example:443");

    assertThat(Proxy.parse("socks5://127.0.0.1:1080").transport(wanted, dc, true)).isSameAs(wanted);
    assertThat(Proxy.parse("http://127.0.0.1:1080").transport(wanted, dc, true)).isSameAs(wanted);
    assertThat(mtproxy.transport(wanted, dc, false))
        .isEqualTo(new Transport.Proxied(mtproxy.secret(), (short) 2));
    assertThat(mtproxy.transport(wanted, dc, true))
        .isEqualTo(new Transport.Proxied(mtproxy.secret(), (short) 10_002));
  }

  @Test
  void whatever_comes_in_gives_a_proxy_or_the_one_exception() {
    Random random = new Random(3);
    String[] seeds = {
      "socks5://us%20er:hunter2@proxy.example:1080",
      "https://t.me/proxy?server=proxy.example&port=443&secret=dd" + SECRET,
      "mtproxy://" + SECRET + "@[::1]:443",
      "tg://socks?server=proxy.example&port=1080&user=u&pass=p",
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
      for (int changes = random.nextInt(1, 6); changes > 0 && !text.isEmpty(); changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(128));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, ":/@[]%&=?#".charAt(random.nextInt(10)));
        }
      }
      try {
        assertThat(Proxy.parse(text.toString()).address().port()).isBetween(1, 65535);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasNoCause();
      }
    }
  }
}
