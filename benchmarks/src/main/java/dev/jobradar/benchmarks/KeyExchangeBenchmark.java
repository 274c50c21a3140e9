package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.BigEndian;
import dev.jobradar.mtproto.crypto.DhGroup;
import dev.jobradar.mtproto.crypto.DhSecret;
import dev.jobradar.mtproto.crypto.PrimeFactors;
import dev.jobradar.mtproto.crypto.RsaPad;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.keyexchange.ClientKeyExchange;
import dev.jobradar.mtproto.keyexchange.ExchangeDc;
import dev.jobradar.mtproto.keyexchange.KeyExchangeResult;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchange;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU of one key exchange, client and server in one thread, and of its costly parts. A wait for the
 * network is no part of it. pq, RSA padding and the secrets are drawn anew each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyExchangeBenchmark {
  private static final long NOW = 1_800_000_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final RsaPrivateKey rsa = RsaPrivateKey.generate(random);
  private final ClientKeyExchange.Settings client =
      ClientKeyExchange.Settings.permanent(List.of(rsa.publicKey()), ExchangeDc.production(2));
  private final ServerKeyExchange.Settings server =
      new ServerKeyExchange.Settings(List.of(rsa), Set.of(ExchangeDc.production(2)), id -> false);
  private final byte[] innerData = new byte[100];
  private final byte[] encryptedInnerData = RsaPad.encrypt(innerData, rsa.publicKey(), random);
  private final DhSecret secret = DhGroup.TELEGRAM.newSecret(random);
  private final byte[] otherPublic = DhGroup.TELEGRAM.newSecret(random).publicBytes();
  private final long[] products = products();
  private int next;

  @Benchmark
  public KeyExchangeResult wholeExchange() {
    ClientKeyExchange ours = new ClientKeyExchange(client, random);
    ServerKeyExchange theirs = new ServerKeyExchange(server, random);
    byte[] packet = ours.start(NOW);
    while (true) {
      byte[] answer =
          switch (theirs.receive(packet, NOW)) {
            case ServerKeyExchange.Outcome.Reply(byte[] reply) -> reply;
            case ServerKeyExchange.Outcome.Made(byte[] reply, var key) -> reply;
            case ServerKeyExchange.Outcome.Refuse refuse ->
                throw new IllegalStateException(refuse.reason());
          };
      switch (ours.receive(answer, NOW)) {
        case ClientKeyExchange.Outcome.Send(byte[] following) -> packet = following;
        case ClientKeyExchange.Outcome.Done(KeyExchangeResult result) -> {
          return result;
        }
      }
    }
  }

  @Benchmark
  public PrimeFactors factorPq() {
    next = (next + 1) % products.length;
    return PrimeFactors.of(products[next]);
  }

  @Benchmark
  public byte[] rsaPadEncrypt() {
    return RsaPad.encrypt(innerData, rsa.publicKey(), random);
  }

  @Benchmark
  public byte[] rsaPadDecrypt() {
    return RsaPad.decrypt(encryptedInnerData, rsa);
  }

  @Benchmark
  public DhSecret dhSecret() {
    return DhGroup.TELEGRAM.newSecret(random);
  }

  @Benchmark
  public AuthKey dhAgreement() {
    return secret.agree("g_b", BigEndian.read(otherPublic));
  }

  private long[] products() {
    long[] many = new long[256];
    for (int i = 0; i < many.length; i++) {
      many[i] = PrimeFactors.generate(random).product();
    }
    return many;
  }
}
