package dev.jobradar.telegram.signin;

import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.SrpAnswer;
import dev.jobradar.mtproto.crypto.SrpParameters;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
import dev.jobradar.tl.api.account.Password;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Proves a two-step password without sending it (core.telegram.org/api/srp). */
final class PasswordProof {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordProof() {}

  /**
   * The proof; its computation takes a tenth of a second on purpose.
   *
   * @throws ProtocolException when the parameters name no way of proving that is known here
   */
  static InputCheckPasswordSRP of(String password, Password parameters) {
    Bytes srpB = parameters.srpB();
    Long srpId = parameters.srpId();
    if (srpB == null
        || srpId == null
        || !(parameters.currentAlgo()
            instanceof PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algo)) {
      throw new ProtocolException("account.getPassword names no way of proving that is known here");
    }
    DhGroup group = DhGroup.verify(new BigInteger(1, algo.p().toByteArray()), algo.g(), RANDOM);
    SrpAnswer answer =
        new SrpParameters(algo.salt1().toByteArray(), algo.salt2().toByteArray(), group)
            .answer(password.getBytes(StandardCharsets.UTF_8), srpB.toByteArray(), RANDOM);
    return new InputCheckPasswordSRP(srpId, Bytes.of(answer.a()), Bytes.of(answer.m1()));
  }
}
