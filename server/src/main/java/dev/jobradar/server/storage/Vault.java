package dev.jobradar.server.storage;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts what opens somebody's account, and hashes what is only ever compared. Its keys are not
 * in the database: the database alone opens no account.
 *
 * <p>Secrets are sealed with AES-256-GCM (Tink). Every sealed text is bound to its context, such as
 * the user that it belongs to, and can be opened in no other. Keys can be rotated: new texts are
 * sealed with the newest key, older ones stay readable while their key is kept.
 *
 * <p>Thread-safe.
 */
public final class Vault {
  private final KeysetHandle sealing;
  private final KeysetHandle hashing;
  private final Aead aead;
  private final Mac mac;

  private Vault(KeysetHandle sealing, KeysetHandle hashing) throws GeneralSecurityException {
    this.sealing = sealing;
    this.hashing = hashing;
    this.aead = sealing.getPrimitive(RegistryConfiguration.get(), Aead.class);
    this.mac = hashing.getPrimitive(RegistryConfiguration.get(), Mac.class);
  }

  /**
   * The vault of these settings. Keys are made, and written to the key file for its owner alone,
   * when there are none yet and none are given.
   *
   * @throws StorageException when the keys cannot be read or written, or others can read them
   */
  public static Vault open(StorageSettings settings) {
    String given = settings.key();
    if (given != null && !given.isBlank()) {
      return parse(given.strip(), "jobradar.key");
    }
    Path file = settings.keyFileOrDefault();
    try {
      if (Files.exists(file)) {
        Optional<String> loose = PrivateFiles.loose(file);
        if (loose.isPresent()) {
          throw new StorageException(
              "others can open the key file "
                  + file
                  + " ("
                  + loose.get()
                  + "): make it private with chmod 600 "
                  + file
                  + ", and if others may have read it, change the keys with ./jobradar key rotate");
        }
        return parse(Files.readString(file).strip(), file.toString());
      }
      Vault fresh = create();
      fresh.write(file);
      return fresh;
    } catch (IOException e) {
      throw new StorageException("the key file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** With new keys. */
  public static Vault create() {
    try {
      register();
      return new Vault(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
          KeysetHandle.generateNew(PredefinedMacParameters.HMAC_SHA256_256BITTAG));
    } catch (GeneralSecurityException e) {
      throw new StorageException("no keys can be made", e);
    }
  }

  private static void register() throws GeneralSecurityException {
    AeadConfig.register();
    MacConfig.register();
  }

  /** The keys as one line of text. A secret. */
  public String keys() {
    return encode(sealing) + "." + encode(hashing);
  }

  private static String encode(KeysetHandle handle) {
    try {
      String json =
          TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new StorageException("the keys cannot be written", e);
    }
  }

  /** Reads what {@link #keys} wrote; says where it came from when it is something else. */
  static Vault parse(String keys, String from) {
    try {
      register();
      int dot = keys.indexOf('.');
      if (dot > 0) {
        return new Vault(decode(keys.substring(0, dot)), decode(keys.substring(dot + 1)));
      }
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      // Told below; what the parsers say may show a part of it.
    }
    throw new StorageException(
        from
            + " does not hold JobRadar's keys. Without them stored Telegram sessions cannot be"
            + " read: put back the right ones");
  }

  private static KeysetHandle decode(String text) throws GeneralSecurityException {
    String json = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
  }

  /** The same with a new key for what is sealed from now on; what was sealed stays readable. */
  public Vault rotated() {
    try {
      KeysetHandle.Builder more =
          KeysetHandle.newBuilder(sealing)
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId()
                      .makePrimary());
      return new Vault(more.build(), hashing);
    } catch (GeneralSecurityException e) {
      throw new StorageException("no new key can be made", e);
    }
  }

  /** The same without the keys that nothing is sealed with any more. */
  public Vault withoutOldKeys() {
    try {
      KeysetHandle.Builder one =
          KeysetHandle.newBuilder()
              .addEntry(
                  KeysetHandle.importKey(sealing.getPrimary().getKey())
                      .withFixedId(sealing.getPrimary().getId())
                      .makePrimary());
      return new Vault(one.build(), hashing);
    } catch (GeneralSecurityException e) {
      throw new StorageException("the old keys cannot be taken out", e);
    }
  }

  /** Writes the keys for their owner alone, at once and whole. */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    PrivateFiles.makeFolder(folder);
    Path fresh = Files.createTempFile(folder, ".key", ".new");
    try {
      if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      }
      Files.write(fresh, List.of(keys()));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Encrypts.
   *
   * @param context what it belongs to, such as {@code session 17}; needed again to open it
   */
  public String seal(String secret, String context) {
    try {
      byte[] sealed =
          aead.encrypt(
              secret.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new StorageException("a secret cannot be encrypted", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made in the same context.
   *
   * @throws StorageException when it was changed, belongs elsewhere, or its key is not here
   */
  public String open(String sealed, String context) {
    try {
      byte[] opened =
          aead.decrypt(
              Base64.getDecoder().decode(sealed), context.getBytes(StandardCharsets.UTF_8));
      return new String(opened, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StorageException(
          "a stored secret cannot be decrypted: its key is not the one in use, or it was changed",
          e);
    }
  }

  /**
   * A keyed hash, always the same for the same text: good for what would be guessed from a plain
   * hash, such as phone numbers and short codes.
   */
  public String hash(String text) {
    try {
      byte[] tag = mac.computeMac(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(tag);
    } catch (GeneralSecurityException e) {
      throw new StorageException("a secret cannot be hashed", e);
    }
  }

  @Override
  public String toString() {
    return "Vault";
  }
}
