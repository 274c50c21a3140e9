package dev.jobradar.mtproto.client;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeWithLayer;

/**
 * How this client introduces itself ({@code initConnection},
 * core.telegram.org/method/initConnection); shown in part in people's list of devices.
 *
 * @param apiId the application's id at my.telegram.org
 * @param deviceModel such as "JobRadar"
 * @param systemVersion the operating system's name and version
 * @param appVersion the application's version
 * @param systemLangCode the system's language, ISO 639-1
 * @param langPack a name assigned by Telegram; empty for other applications
 * @param langCode the application's language, ISO 639-1
 */
public record ClientInfo(
    int apiId,
    String deviceModel,
    String systemVersion,
    String appVersion,
    String systemLangCode,
    String langPack,
    String langCode) {
  /** An application with this id, on this JVM's system, in English. */
  public static ClientInfo of(int apiId, String deviceModel, String appVersion) {
    return new ClientInfo(
        apiId, deviceModel, System.getProperty("os.name", "Java"), appVersion, "en", "", "en");
  }

  /** Wraps a method in {@code invokeWithLayer} and {@code initConnection}. */
  public <R> TlMethod<R> introduce(TlMethod<R> first) {
    return new InvokeWithLayer<>(
        ApiSchema.LAYER,
        InitConnection.<R>builder()
            .apiId(apiId)
            .deviceModel(deviceModel)
            .systemVersion(systemVersion)
            .appVersion(appVersion)
            .systemLangCode(systemLangCode)
            .langPack(langPack)
            .langCode(langCode)
            .query(first)
            .build());
  }
}
