package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.tl.api.LangPackDifference;
import dev.jobradar.tl.api.LangPackLanguage;
import dev.jobradar.tl.api.LangPackStringDeleted;
import dev.jobradar.tl.api.TypeLangPackString;
import dev.jobradar.tl.api.method.Langpack;
import java.util.List;

/** The {@code langpack.} methods: two languages without a string in them. */
final class LangpackMethods {

  private static final int VERSION = 1;

  private static final List<LangPackLanguage> LANGUAGES =
      List.of(language("English", "English", "en"), language("Russian", "Русский", "ru"));

  private static LangPackLanguage language(String name, String nativeName, String code) {
    return LangPackLanguage.builder()
        .official(true)
        .name(name)
        .nativeName(nativeName)
        .langCode(code)
        .pluralCode(code)
        .stringsCount(0)
        .translatedCount(0)
        .translationsUrl("https://example.org/" + code)
        .build();
  }

  void register(MethodTable methods) {
    methods.open(Langpack.GetLanguages.class, (call, caller) -> LANGUAGES);
    methods.open(Langpack.GetLanguage.class, (call, caller) -> find(call.langCode()));
    methods.open(
        Langpack.GetLangPack.class,
        (call, caller) ->
            new LangPackDifference(find(call.langCode()).langCode(), 0, VERSION, List.of()));
    methods.open(
        Langpack.GetDifference.class,
        (call, caller) ->
            new LangPackDifference(
                find(call.langCode()).langCode(), call.fromVersion(), VERSION, List.of()));
    methods.open(Langpack.GetStrings.class, (call, caller) -> strings(call.keys()));
  }

  private static List<TypeLangPackString> strings(List<String> keys) {
    return keys.stream().<TypeLangPackString>map(LangPackStringDeleted::new).toList();
  }

  private static LangPackLanguage find(String code) {
    return LANGUAGES.stream()
        .filter(language -> code.isEmpty() || code.startsWith(language.langCode()))
        .findFirst()
        .orElseThrow(() -> RpcErrorException.badRequest("LANG_CODE_NOT_SUPPORTED"));
  }
}
