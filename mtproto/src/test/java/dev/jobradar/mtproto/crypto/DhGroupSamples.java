package dev.jobradar.mtproto.crypto;

import java.math.BigInteger;

/** Moduli of which each breaks one rule for dh_prime; made with OpenSSL and the JDK. */
public final class DhGroupSamples {
  /** A safe prime of 2,047 bits: one too few. */
  public static final BigInteger SAFE_2047 =
      new BigInteger(
          "6424c09c33c43380d254e1b064dc0d24ecc3079be790495c470b8ac796c499f2"
              + "6d32d780510ad35b10a93dde116123b0715bcd961257f76b8cf0096fa2311b9c"
              + "9cde0cf9175c61c42bd2d62f46ded7f956051b700449f3f95f55ddfb15ea9ad2"
              + "8105c3b21708f9365db9ead562892144e74ab00a487b633034f582ae55b00f29"
              + "203ecaef933e46e0e979e86061040e7b66a673acb47050e07f3ca65e0383078b"
              + "65b6017e28ab7db6f19e61a9d6f0ca4f1a68510f934b1beaa41dcdf4dc2afbb8"
              + "201066761251c5b2024708ad5ec72a76452fd8006b009e22e3a08c791d918ef8"
              + "4d195668b557f0df7d648eb2bf3a8fcac410b44ba6197f15bd6734e74bc2c9c3",
          16);

  /** A safe prime of 2,049 bits: one too many. */
  public static final BigInteger SAFE_2049 =
      new BigInteger(
          "01983f4da18461f0426f456a59974e32eaf9a7ae564257a3ba6557234dc529b5"
              + "9ea40b0c30d39779363775cb0c83028b16edc03c1df8c174dea9633de113ff45"
              + "ada6eca121747fb172b44ade10d0dee5dea323308f35c4f011084243913ef48f"
              + "814a4b03ad1328291b5eed90a364b48325b7c98687d4ef358cda7a1edfbf46ce"
              + "ddadb56435547903ac4fb3467332a4632e7b1ef25e7bd7c54127d34db2bd64b1"
              + "052e2ea882d04170cea6de43fdc60ec90b6c58ba5d398375466faa2bc732ddcd"
              + "c2232b4b6a5e0665e2278599b06f6a380bef55a61751fc03099f5456d26956e3"
              + "e2f85eee5c2e5d9f9012007b9604eb221d1fcf9a5d6adeea44da79469b616e27"
              + "db",
          16);

  /** 2q + 1 of 2,048 bits that is not prime, although q is. */
  public static final BigInteger COMPOSITE_PRIME_HALF =
      new BigInteger(
          "feb20776b1966a5a8835302dc03941382bb250fb95b7d3e339ec74ec8e1313a6"
              + "68b1aee4a518e8db1e8d3b645faf51802f84368e83c904b193951984285b9dac"
              + "a8d040719cf8c2ed068141d6c50e8b76911ba9c47422daa3a231aa70717e4aa7"
              + "27ba8bc46ada720c71a300e0dd722ea38d1926c900bb9d5107834dfdb3027754"
              + "b61355c3a50c6067ace4f8919aac5b55caf6e27ffe8ccc1e07a9e72fc4d0a2fb"
              + "110a1106ae090efe39bf8627f6a56b1b55e28e14991ecaac9109bb5d091c85ad"
              + "d49cc6e6aef498f3b5db86b5f4cfdb72a1468a9a37189af33ee23841606e803b"
              + "8d5f10b3935e272eef8677639fc4b5418eedb0678c0e73724c7b76113bd11253",
          16);

  /** A prime of 2,048 bits whose half (p - 1)/2 is not prime. */
  public static final BigInteger PRIME_COMPOSITE_HALF =
      new BigInteger(
          "bde4baf4222cd3d5d620a22f2ec8dbbb0b0b4971ddb979cb785a01151af57f0c"
              + "64b62bf5ec1320ece51e19e8c18f0829ffa98620f8d7822b41428dafb658889a"
              + "a5e314ba0f43e2c0bc540550fd6fa06a6fdde9c1ca19b6e4e2d1862dcef3db56"
              + "343fc8f4b26ef5ce317172889947609f3cb3ad1cdfeaa9d1eb6bad504a47ac3b"
              + "38d2fa88e27cdc7c2eccb808cdea00bb765a99d3e49163e141190664d41db276"
              + "5026f2cf0e3df91530f5f9e0d7cf461be595a7f72bf181879a7f02dd5c803b46"
              + "0b6020a78cb0d2b0c89130c178cbaae983fe39fc2cd7cf110228207595ba53f9"
              + "6e29399b13e3ab7f1d8ced6574ddad3d00168224fede9fb25815ba14756f37f7",
          16);

  private DhGroupSamples() {}
}
