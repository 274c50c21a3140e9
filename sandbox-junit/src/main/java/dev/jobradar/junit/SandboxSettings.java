package dev.jobradar.junit;

import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.sandbox.Sandbox;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the sandbox of an extension is to be. Immutable. */
record SandboxSettings(
    int dataCentres,
    int accounts,
    boolean strict,
    boolean channels,
    boolean freshForEachTest,
    boolean severalConnections,
    UnaryOperator<Sandbox.Builder> more) {

  /** Making a key takes longer than starting a sandbox; one will do for all of a JVM. */
  private static final class Key {
    static final RsaPrivateKey RSA = RsaPrivateKey.generate(new SecureRandom());
  }

  static final SandboxSettings DEFAULT =
      new SandboxSettings(1, 1, true, true, false, false, UnaryOperator.identity());

  static SandboxSettings of(@Nullable WithSandbox annotation) {
    return annotation == null
        ? DEFAULT
        : new SandboxSettings(
            annotation.dataCentres(),
            annotation.accounts(),
            annotation.strict(),
            annotation.channels(),
            annotation.freshForEachTest(),
            annotation.severalConnections(),
            UnaryOperator.identity());
  }

  Sandbox start() {
    Sandbox.Builder builder =
        Sandbox.builder().rsaKey(Key.RSA).dataCentres(dataCentres).strict(strict);
    return more.apply(channels ? builder : builder.withoutChannels()).start();
  }
}
