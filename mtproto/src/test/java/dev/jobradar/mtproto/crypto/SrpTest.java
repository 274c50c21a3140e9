package dev.jobradar.mtproto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.mtproto.ProtocolException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SrpTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger PRIME = DhGroup.TELEGRAM.prime();

  /** An account of Telegram's; mtcute, packages/core/src/utils/crypto/password.test.ts. */
  private static final SrpParameters MTCUTE =
      parameters(
          "9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c37619537d8ebe749e",
          "6c619bb0786dc4ed1bf211d23f6e4065");

  /** grammers, grammers-crypto/src/two_factor_auth.rs, check_calculations_2. */
  private static final SrpParameters GRAMMERS =
      parameters(
          "5f483c38bd0986e7cdc95ae138ef4f49b951c1f81c713fecdef3af692cec4b4716ac9b770a195ebe",
          "b616fc6bbedf511119c5ed34629527f1");

  /** A source of "random" bytes with which mtcute computed its vectors. */
  private static final byte[] MTCUTE_ENTROPY =
      hex(
          "29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8"
              + "a990c9b8b980c343936b33fa7f97bae025102532233abb269c489920ef99021b"
              + "259ce3a2c964c5c8972b4a84ff96f3375a94b535a9468f2896e2080ac7a32ed5"
              + "8e910474a4b02415e07671cbb5bdd58a5dd26fd137c4c98b8c346571fae6ead3"
              + "9dfd612bd6b480b6723433f5218e9d6e271591153fb3ffefc089f7e848d3f463"
              + "3459fff66b33cf939e5655813149fa34be8625f9bc4814d1ee6cf40e4d0de229"
              + "1aa22e68c8ad8cc698103734f9aaf79f2bdc052a787a7a9b3629d1ed38750f88"
              + "cb0481c0ba30a9c611672f9a4d1dc02637abb4e98913ee810a3b152d3d75f25d");

  /**
   * The test before this one in mtcute's file has put 32 random bytes behind salt1: its M1 is that
   * of the longer salt.
   */
  @Test
  void the_answer_published_by_mtcute_is_given() {
    SrpAnswer answer =
        withFreshSalt()
            .answer(
                utf8("qwe123"),
                hex(
                    "1476a7b5991d7f028bbee33b3455cad3f2cd0eb3737409fcce92fa7d4cd5c733"
                        + "ec6d2cb3454e587d4c17eda2fd7ef9a57327215f38292cc8bd5dc77d3e1d31cd"
                        + "dae2652f8347c4b0093f7c78242f70e6cc13137ee7acc257a49855a63113db8f"
                        + "163992b9101551f3b6f7eb5d196cee3647c359553b1bcbe82ba8933c0fb1ac35"
                        + "0243c535b8e634613e1f626ba8a6d141ef957c859e71a117b557c0298bfbb107"
                        + "c91f71f5b4275fded58289aa1e87c612f44b7aa0b5e0de7def4458f58db80019"
                        + "d2e7b181eb66dc270374af2d160dd0c53edd677b2701694d71ea8718c49df6a9"
                        + "dbe2cbae051ffc1986336cd26f11a8ab426dfe0813d7b3f4eedf4e34182ccc3a"),
                new FixedRandom(MTCUTE_ENTROPY));

    assertThat(HexFormat.of().formatHex(answer.a()))
        .isEqualTo(
            "363976f55edb57cc5cc0c4aaca9b7539eff98a43a93fa84be34860d18ac3a80f"
                + "ffd57c4617896ff667677d0552a079eb189d25d147ec96edd4495c946a18652d"
                + "31d78eede40a8b29da340c19b32ccac78f8482406e392102c03d850d1db87223"
                + "2c144bfacadb58856971aafb70ca3aac4efa7f73977ddc50dfc0a2c76c0ac950"
                + "728d58b8480fa89c701703855148fadd885aaf1ca313ae3a3b2942de58a9a6fb"
                + "9e3e65c7ac7a1b7f4e6aa4742b957f81927bd8cc761b76f90229dec34d6f15d3"
                + "4fa454aa69d9219d9c5fa3625f5c6f1ac03892a70aa17269c76cd9bf2949a961"
                + "fad2a71e5fa961824b32db037130c7e9aad4c1e9f02ebc5b832622f98b59597e");
    assertThat(HexFormat.of().formatHex(answer.m1()))
        .isEqualTo("25a91b21c634ad670a144165a9829192d152e131a716f676abc48cd817f508c6");
  }

  @Test
  void the_answer_published_by_grammers_is_given() {
    SrpAnswer answer =
        GRAMMERS.answer(
            utf8("234567"),
            hex(
                "93f70ebd50f6426aca2568769599f91f24d01284cc51a449e62dcc1527dfe501"
                    + "26b2aa44238e4fb2331419ed4aebf1a0ae15e03abd18bfc52ca6baec564c13b5"
                    + "a1d2e357799897757bb736fdc2ceb1b56aacf19ab3548d6d922a522f0b51f401"
                    + "24c3bc9936aff3e1dcfbea39ac9ad2addc6af0ad30783278bbb84cab0ed8464b"
                    + "0ffeb2b0c93a39a5d97dba0105672ca5475373d8d23e54a6ac9bed9519e8bef4"
                    + "f00719f5ad56151be5537648df2f8e3e7265cb57fb94a054ce2a82b8cc664ad0"
                    + "60e0d6c6df1879345440eb977fa0f2d36f31a253d8917732f133d40033a34b61"
                    + "52969b600d59cdabfea2ab2393ad659e56d66e13605b1f61e48e3cd65c0f58ac"),
            new FixedRandom(
                hex(
                    "bf31574f34fce1e53891c59b7f62468a0ca682da8585df8de0a18873359755fb"
                        + "b1818878a9ee919bb1e94d20c5f0607e02a33176199bf3220256c9ea1a69f395"
                        + "a515d20539d88cda750a5252fb864f573f2b032f3b467d08b34fd9c89d1c5d06"
                        + "278e113e51d4e893c1c027455af4653f096607a4156d94fb8e1dc7cee5bfe328"
                        + "50982f941ae4414e83bf22df56270b43b7ccc44c26d40886464da8e344a85407"
                        + "95b8f69b8f508552a723cd6931e1d69204e8e9dc056f0a2a10a0d7951e355f3e"
                        + "def5a5e18a9091295a51eb9db10b8b0d30489c8d29bc0cd86e97781f5e30c5b6"
                        + "bfe7caf4aae81b282e653ac48aa1a8fde789722bc04f4320cd9f86849fe05ca4")));

    assertThat(HexFormat.of().formatHex(answer.a()))
        .isEqualTo(
            "0fa12bc655b1187a28296a69ae565d682782e0ceb05a089c0c41c1dce983dc7f"
                + "4a53434ea78e065d9e1cb60e427b4468a4780609feba2f55654ee2efe0aeb72e"
                + "dafde2652e26ed5b4d4baad9d2a381806af63416bf6263df45a43d85be5401bc"
                + "223ebfac09421caddd7e260bd6b86542133c048d6cd54b38d8e2ccdf6b550e87"
                + "5b1353a4acfe3292ffb56a0f58b2a39027c9bfdd91fd4c531d23c77d6e8f7d58"
                + "3eaeea316dedded69935296ce7ea34e9be6ef2fbd829eac4c9bd646dc1563e47"
                + "f77b91431ca002cf79fc149d968272835c15ca1c6b2c5e03712a2e1b5d52f5e4"
                + "faa1c16cb177fafd96a6aa5b4b3f4c649915644b63855cfb38561ff17fedfb8a");
    assertThat(HexFormat.of().formatHex(answer.m1()))
        .isEqualTo("4d7af412c5a2e7b15467376bd118b853604e687b31f51c4980c4d7c1876613e3");
  }

  /** mtcute appends 32 of its random bytes to salt1, as a new password has it. */
  @Test
  void the_verifier_published_by_mtcute_is_computed() {
    assertThat(HexFormat.of().formatHex(withFreshSalt().verifier(utf8("123qwe"))))
        .isEqualTo(
            "2540539ceeffd4543cd845bf319b8392e6b17bf7cf26bafcf6282ce9ae795368"
                + "4ff49469c2863b17e6d65ddb16ae6f60bc07cc254c00e5ba389292f6cea0b3aa"
                + "c459d1d08984d65319df8c5d124042169bbe2ab8c0c93bc7178827f2ea84e7c3"
                + "a4f2660099fb6a4c38984c914283d3015278369521a4b81ecf927669b8c89746"
                + "ef49ec7b019af7f3addc746362f298d96409bef4677b9c3d8e5b5afe7a44c0bc"
                + "130ebc7a79b5d5980966d88d3d9eba511b101b0703abd86df7410cd120edad12"
                + "2a7a3ccad92d906dbf6f43bba13555bafb626b45551275f3626a4ae26a14908d"
                + "38d640680e501f52bd08a0e3ff9d9185eebdae890c167459449b2c205b3ecde4");
  }

  /** gotd/td, crypto/srp/new_hash_test.go, where the 32 random bytes are zeros. */
  @Test
  void the_verifier_published_by_gotd_is_computed() {
    SrpParameters fresh =
        parameters("e6c8957ddf988d48" + "00".repeat(32), "9f6344822b096cff87efa426f57857b6");

    assertThat(HexFormat.of().formatHex(fresh.verifier(utf8("newPassword"))))
        .isEqualTo(
            "186ac18dcc5790bf6bba21bd958d375ee5481af0029e9bd7a9c68ec926bd5196"
                + "d81f8cd8b58ee06c8a10adeacc7f56e819ff514825deb15b1fadec6aae17a244"
                + "cb23488d17349cd4261a8ba4da7b9c2ce5c40014dd9e362750acf3ac89b8b8f5"
                + "c618f0b6a572c38fff3a554d8818a0b8e7b6015e1836128a1e4e2d5cf9971d1d"
                + "d048aa181d861152eae71553962680632387b89ac1865fded7c8c3daa64ed38d"
                + "c25036663fa0cf7748c52ea19c187e70a752a8053e409d4894218a429393d033"
                + "82e41e50b7415b3b8ad092fd0790f88d894e84dca78f47f4218937d7aa99d88c"
                + "87c09bcb8da890e535026623cea6fc8b3d25db70cb42aaa48323927d87a8fcf1");
  }

  @Test
  void a_client_with_the_password_convinces_the_server() {
    byte[] verifier = MTCUTE.verifier(utf8("пароль 🔑"));
    SrpChallenge challenge = MTCUTE.challenge(verifier, RANDOM);

    SrpAnswer answer = MTCUTE.answer(utf8("пароль 🔑"), challenge.srpB(), RANDOM);

    assertThat(challenge.accepts(answer.a(), answer.m1())).isTrue();
  }

  @Test
  void a_client_with_another_password_does_not() {
    byte[] verifier = MTCUTE.verifier(utf8("secret"));
    SrpChallenge challenge = MTCUTE.challenge(verifier, RANDOM);

    SrpAnswer answer = MTCUTE.answer(utf8("Secret"), challenge.srpB(), RANDOM);

    assertThat(challenge.accepts(answer.a(), answer.m1())).isFalse();
  }

  @Test
  void an_answer_is_good_for_its_own_challenge_only() {
    byte[] verifier = MTCUTE.verifier(utf8("secret"));
    SrpChallenge first = MTCUTE.challenge(verifier, RANDOM);
    SrpChallenge second = MTCUTE.challenge(verifier, RANDOM);

    SrpAnswer answer = MTCUTE.answer(utf8("secret"), first.srpB(), RANDOM);

    assertThat(second.accepts(answer.a(), answer.m1())).isFalse();
    assertThat(first.accepts(answer.a(), answer.m1())).isTrue();
    byte[] changed = answer.m1();
    changed[31] ^= 1;
    assertThat(first.accepts(answer.a(), changed)).isFalse();
    assertThat(first.accepts(answer.a(), new byte[0])).isFalse();
  }

  static Stream<BigInteger> outOfRange() {
    BigInteger margin = BigInteger.ONE.shiftLeft(1984);
    return Stream.of(
        BigInteger.ZERO,
        BigInteger.ONE,
        margin.subtract(BigInteger.ONE),
        PRIME.subtract(margin).add(BigInteger.ONE),
        PRIME.subtract(BigInteger.ONE),
        PRIME,
        PRIME.shiftLeft(1));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void a_client_does_not_answer_a_value_out_of_range(BigInteger srpB) {
    assertThatThrownBy(() -> MTCUTE.answer(utf8("secret"), srpB.toByteArray(), RANDOM))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("srp_B");
  }

  /** srp_B = k·v would make the shared secret 0, so that any password would do. */
  @Test
  void a_client_does_not_answer_a_value_without_a_secret_in_it() {
    BigInteger v = BigEndian.read(MTCUTE.verifier(utf8("secret")));
    byte[] generator = BigEndian.write(BigInteger.valueOf(3), 256);
    BigInteger k = BigEndian.read(Hashes.sha256(BigEndian.write(PRIME, 256), generator));
    byte[] srpB = BigEndian.write(k.multiply(v).mod(PRIME), 256);

    assertThatThrownBy(() -> MTCUTE.answer(utf8("secret"), srpB, RANDOM))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("srp_B - k*v");
  }

  /** With A = 0 or p the shared secret is 0 whatever the password: such an M1 can be computed. */
  @ParameterizedTest
  @MethodSource("outOfRange")
  void a_server_accepts_no_value_out_of_range(BigInteger a) {
    SrpChallenge challenge = MTCUTE.challenge(MTCUTE.verifier(utf8("secret")), RANDOM);
    byte[] fixed = a.bitLength() > 2048 ? a.toByteArray() : BigEndian.write(a, 256);
    byte[] m1 = MTCUTE.proof(fixed, challenge.srpB(), BigInteger.ZERO);

    assertThat(challenge.accepts(fixed, m1)).isFalse();
  }

  private static SrpParameters withFreshSalt() {
    return new SrpParameters(
        concat(MTCUTE.salt1(), Arrays.copyOf(MTCUTE_ENTROPY, 32)),
        MTCUTE.salt2(),
        DhGroup.TELEGRAM);
  }

  private static SrpParameters parameters(String salt1, String salt2) {
    return new SrpParameters(hex(salt1), hex(salt2), DhGroup.TELEGRAM);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
