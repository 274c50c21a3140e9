package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPrivateKey;
import dev.jobradar.mtproto.keyexchange.ExchangeDc;
import dev.jobradar.mtproto.keyexchange.ServerKeyExchange;
import dev.jobradar.sandbox.world.KeyId;
import java.util.List;
import java.util.Set;

/**
 * A data centre as its connections know it.
 *
 * @param dc its number
 * @param exchanges what its key exchanges need
 */
record ServedDataCentre(DcId dc, ServerKeyExchange.Settings exchanges) {

  /** One that answers for both of Telegram's environments, and for media. */
  static ServedDataCentre of(DcId dc, RsaPrivateKey key, AuthKeys keys) {
    ExchangeDc production = ExchangeDc.production(dc.value());
    ExchangeDc test = ExchangeDc.test(dc.value());
    return new ServedDataCentre(
        dc,
        new ServerKeyExchange.Settings(
            List.of(key),
            Set.of(production, production.forMedia(), test, test.forMedia()),
            id -> keys.find(dc, new KeyId(id)) != null));
  }
}
