package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.mtproto.PQInnerData;
import dev.jobradar.tl.mtproto.ResPQ;
import dev.jobradar.tl.mtproto.method.ReqPq;
import dev.jobradar.tl.mtproto.method.ReqPqMulti;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bytes that Telegram published: core.telegram.org/mtproto/samples-auth_key, in its present form
 * (req_pq_multi, three fingerprints) and its first (req_pq, p_q_inner_data).
 */
class GoldenBytesTest {
  private static final String REQ_PQ_MULTI = "f18e7ebe75e622f3bc7d714632b833821fd7bb0c";
  private static final String RES_PQ =
      "63241605"
          + "75e622f3bc7d714632b833821fd7bb0c"
          + "8ec53ec050cb2d475b457baf445b49f5"
          + "0816e748b29522c68f000000"
          + "15c4b51c03000000"
          + "85fd64de851d9dd0a5b7f709355fc30b216be86c022bb4c3";
  private static final String FIRST_REQ_PQ = "789746603e0549828cca27e966b301a48fece2fc";
  private static final String P_Q_INNER_DATA =
      "ec5ac983"
          + "0817ed48941a08f981000000"
          + "04494c553b000000"
          + "0453911073000000"
          + "3e0549828cca27e966b301a48fece2fc"
          + "a5cf4d33f4a11ea877ba4aa573907330"
          + "311c85db234aa2640afc4a76a735cf5b1f0fd68bd17fa181e1229ad867cc024d";

  @Test
  void req_pq_multi_is_written_as_published() {
    Int128 nonce = Int128.of(hex("75e622f3bc7d714632b833821fd7bb0c"));

    assertThat(new ReqPqMulti(nonce).toByteArray()).isEqualTo(hex(REQ_PQ_MULTI));
    assertThat(MtprotoSchema.readMethod(new TlReader(hex(REQ_PQ_MULTI))))
        .isEqualTo(new ReqPqMulti(nonce));
  }

  @Test
  void req_pq_is_written_as_published() {
    Int128 nonce = Int128.of(hex("3e0549828cca27e966b301a48fece2fc"));

    assertThat(new ReqPq(nonce).toByteArray()).isEqualTo(hex(FIRST_REQ_PQ));
  }

  @Test
  void the_published_answer_reads_as_the_result_of_the_published_request() {
    TlReader reader = new TlReader(hex(RES_PQ));

    ResPQ answer =
        new ReqPqMulti(Int128.of(hex("75e622f3bc7d714632b833821fd7bb0c"))).readResult(reader);

    reader.expectEnd();
    assertThat(answer)
        .isEqualTo(
            new ResPQ(
                Int128.of(hex("75e622f3bc7d714632b833821fd7bb0c")),
                Int128.of(hex("8ec53ec050cb2d475b457baf445b49f5")),
                Bytes.of(hex("16e748b29522c68f")),
                List.of(0xd09d1d85de64fd85L, 0x0bc35f3509f7b7a5L, 0xc3b42b026ce86b21L)));
    assertThat(answer.toByteArray()).isEqualTo(hex(RES_PQ));
  }

  @Test
  void p_q_inner_data_is_written_as_published() {
    PQInnerData data =
        new PQInnerData(
            Bytes.of(hex("17ed48941a08f981")),
            Bytes.of(hex("494c553b")),
            Bytes.of(hex("53911073")),
            Int128.of(hex("3e0549828cca27e966b301a48fece2fc")),
            Int128.of(hex("a5cf4d33f4a11ea877ba4aa573907330")),
            Int256.of(hex("311c85db234aa2640afc4a76a735cf5b1f0fd68bd17fa181e1229ad867cc024d")));

    assertThat(data.toByteArray()).isEqualTo(hex(P_Q_INNER_DATA));
    assertThat(MtprotoSchema.readObject(new TlReader(hex(P_Q_INNER_DATA)))).isEqualTo(data);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
