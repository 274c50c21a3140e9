package dev.jobradar.sandbox.world;

/**
 * What a client said of itself in {@code initConnection}.
 *
 * @param layer the schema it speaks
 */
public record Device(
    int layer,
    int apiId,
    String deviceModel,
    String systemVersion,
    String appVersion,
    String systemLangCode,
    String langPack,
    String langCode) {

  /** Nothing said yet. */
  public static final Device UNKNOWN = new Device(0, 0, "", "", "", "", "", "");

  /** The same client, speaking another layer. */
  public Device withLayer(int other) {
    return new Device(
        other, apiId, deviceModel, systemVersion, appVersion, systemLangCode, langPack, langCode);
  }
}
