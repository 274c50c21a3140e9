package dev.jobradar.telegram.updates;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects that have not been taken yet. */
final class EffectBuffer {
  private @Nullable List<Effect> effects;

  void add(Effect effect) {
    if (effects == null) {
      effects = new ArrayList<>();
    }
    effects.add(effect);
  }

  List<Effect> take() {
    List<Effect> taken = effects;
    effects = null;
    return taken == null ? List.of() : taken;
  }
}
