package dev.jobradar.sandbox.rpc;

import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.SrpChallenge;
import dev.jobradar.mtproto.crypto.SrpParameters;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.InputCheckPasswordEmpty;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
import dev.jobradar.tl.api.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000;
import dev.jobradar.tl.api.TypeInputCheckPasswordSRP;
import dev.jobradar.tl.api.account.Password;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two-step password, proven by SRP (api/srp). All accounts that have one share it, its salts
 * and its verifier: it is no secret here, and making a verifier takes a tenth of a second.
 * Thread-safe.
 */
final class Passwords {

  static final String PASSWORD = "secret";
  static final String HINT = "the sandbox's password is: secret";

  /** Wrong answers before a sign-in must start over. */
  static final int TRIES = 10;

  /** Questions that wait for an answer; the oldest goes when there are more. */
  private static final int MAX_OPEN = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final SrpParameters parameters =
      new SrpParameters(bytes(40), bytes(16), DhGroup.TELEGRAM);
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private final Map<KeyId, Entering> entering = new LinkedHashMap<>();
  private byte @Nullable [] verifier;

  /** A question put to a key. */
  private record Open(KeyId key, SrpChallenge challenge) {}

  /** An account that has proven its code and lacks the password. */
  private static final class Entering {
    final UserId user;
    int wrong;

    Entering(UserId user) {
      this.user = user;
    }
  }

  /** The code of an account was right, its password is wanted next. */
  synchronized void expect(KeyId key, UserId user) {
    entering.put(key, new Entering(user));
    trim(entering);
  }

  /** Whose password a key is entering. */
  synchronized Optional<UserId> expected(KeyId key) {
    return Optional.ofNullable(entering.get(key)).map(present -> present.user);
  }

  /** The key has signed in, or given up. */
  synchronized void forget(KeyId key) {
    entering.remove(key);
  }

  /** What account.getPassword answers: a new question each time, if there is a password. */
  Password question(KeyId key, boolean hasPassword) {
    Password.Builder password =
        Password.builder()
            .newAlgo(algorithm())
            .newSecureAlgo(new SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000(Bytes.of(bytes(8))))
            .secureRandom(Bytes.of(bytes(256)));
    if (!hasPassword) {
      return password.build();
    }
    SrpChallenge challenge = parameters.challenge(verifier(), random);
    long id = random.nextLong();
    synchronized (this) {
      open.put(id, new Open(key, challenge));
      trim(open);
    }
    return password
        .hasPassword(true)
        .currentAlgo(algorithm())
        .srpB(Bytes.of(challenge.srpB()))
        .srpId(id)
        .hint(HINT)
        .build();
  }

  private static void trim(Map<?, ?> map) {
    while (map.size() > MAX_OPEN) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algorithm() {
    return new PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
        Bytes.of(parameters.salt1()),
        Bytes.of(parameters.salt2()),
        parameters.group().generator(),
        Bytes.of(unsigned(parameters.group().prime())));
  }

  private static byte[] unsigned(BigInteger prime) {
    byte[] bytes = prime.toByteArray();
    return bytes.length == DhGroup.SIZE
        ? bytes
        : java.util.Arrays.copyOfRange(bytes, bytes.length - DhGroup.SIZE, bytes.length);
  }

  /**
   * Checks an answer; every question is good for one.
   *
   * @throws RpcErrorException when it is wrong
   */
  void check(KeyId key, TypeInputCheckPasswordSRP answer) {
    switch (answer) {
      case InputCheckPasswordEmpty empty ->
          throw RpcErrorException.badRequest("PASSWORD_HASH_INVALID");
      case InputCheckPasswordSRP(long id, Bytes a, Bytes proof) -> {
        Open question;
        synchronized (this) {
          question = open.remove(id);
        }
        if (question == null || !question.key().equals(key)) {
          throw RpcErrorException.badRequest("SRP_ID_INVALID");
        }
        if (!question.challenge().accepts(a.toByteArray(), proof.toByteArray())) {
          throw wrong(key);
        }
      }
    }
  }

  private synchronized RpcErrorException wrong(KeyId key) {
    Entering present = entering.get(key);
    if (present != null && ++present.wrong >= TRIES) {
      entering.remove(key);
      return new RpcErrorException(406, "PHONE_PASSWORD_FLOOD");
    }
    return RpcErrorException.badRequest("PASSWORD_HASH_INVALID");
  }

  private synchronized byte[] verifier() {
    byte[] present = verifier;
    if (present == null) {
      present = parameters.verifier(PASSWORD.getBytes(StandardCharsets.UTF_8));
      verifier = present;
    }
    return present;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
