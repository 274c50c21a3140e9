package dev.jobradar.server.web.pages.account;

import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.signin.PhoneNumbers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A phone number as it was understood, for its owner to check.
 *
 * @param number such as {@code +7 900 123-45-67}
 * @param country in the person's language; null for a code of several countries or of none
 */
record WrittenPhone(String number, @Nullable String country) {
  /** ITU-T E.164 country codes, each before its ISO 3166 region. */
  private static final String CODES =
      "7RU 20EG 211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR 223ML 224GN 225CI 226BF 227NE"
          + " 228TG 229BJ 230MU 231LR 232SL 233GH 234NG 235TD 236CF 237CM 238CV 239ST 240GQ 241GA"
          + " 242CG 243CD 244AO 245GW 248SC 249SD 250RW 251ET 252SO 253DJ 254KE 255TZ 256UG 257BI"
          + " 258MZ 260ZM 261MG 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 27ZA 291ER 297AW 298FO"
          + " 299GL 30GR 31NL 32BE 33FR 34ES 350GI 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI"
          + " 359BG 36HU 370LT 371LV 372EE 373MD 374AM 375BY 376AD 377MC 378SM 380UA 381RS 382ME"
          + " 383XK 385HR 386SI 387BA 389MK 39IT 40RO 41CH 420CZ 421SK 423LI 43AT 44GB 45DK 46SE"
          + " 47NO 48PL 49DE 501BZ 502GT 503SV 504HN 505NI 506CR 507PA 509HT 51PE 52MX 53CU 54AR"
          + " 55BR 56CL 57CO 58VE 591BO 592GY 593EC 595PY 597SR 598UY 60MY 61AU 62ID 63PH 64NZ"
          + " 65SG 66TH 673BN 675PG 679FJ 76KZ 77KZ 81JP 82KR 84VN 850KP 852HK 853MO 855KH 856LA"
          + " 86CN 880BD 886TW 90TR 91IN 92PK 93AF 94LK 95MM 960MV 961LB 962JO 963SY 964IQ 965KW"
          + " 966SA 967YE 968OM 970PS 971AE 972IL 973BH 974QA 975BT 976MN 977NP 98IR 992TJ 993TM"
          + " 994AZ 995GE 996KG 998UZ";

  private static final int LONGEST_CODE = 3;
  private static final Map<String, String> REGIONS = regions();
  private static final Pattern RUSSIAN = Pattern.compile("7(\\d{3})(\\d{3})(\\d\\d)(\\d\\d)");

  private static Map<String, String> regions() {
    Map<String, String> regions = new HashMap<>();
    Matcher each = Pattern.compile("(\\d+)([A-Z]{2})").matcher(CODES);
    while (each.find()) {
      regions.put(each.group(1), each.group(2));
    }
    return regions;
  }

  /** As somebody types it; empty while it is no number. */
  static Optional<WrittenPhone> typed(String typed, Locale locale) {
    try {
      return Optional.of(of(PhoneNumbers.normalise(typed), locale));
    } catch (ProblemException noNumber) {
      return Optional.empty();
    }
  }

  /**
   * To somebody of that language.
   *
   * @param digits with the country code
   */
  static WrittenPhone of(String digits, Locale locale) {
    String code = code(digits);
    String region = REGIONS.get(code);
    return new WrittenPhone(
        number(digits, code),
        region == null ? null : Locale.of("", region).getDisplayCountry(locale));
  }

  /** The longest that is known: Kazakhstan shares the 7. */
  private static String code(String digits) {
    for (int length = Math.min(LONGEST_CODE, digits.length()); length > 0; length--) {
      if (REGIONS.containsKey(digits.substring(0, length))) {
        return digits.substring(0, length);
      }
    }
    return "";
  }

  private static String number(String digits, String code) {
    Matcher russian = RUSSIAN.matcher(digits);
    if (russian.matches()) {
      return russian.replaceFirst("+7 $1 $2-$3-$4");
    }
    // Whose format is not known is read best in threes.
    String country = code.startsWith("7") ? "7" : code;
    StringBuilder number = new StringBuilder("+").append(country);
    if (!country.isEmpty()) {
      number.append(' ');
    }
    String rest = digits.substring(country.length());
    while (rest.length() > 4) {
      number.append(rest, 0, 3).append(' ');
      rest = rest.substring(3);
    }
    return number.append(rest).toString();
  }

  /** Does not show the number. */
  @Override
  public String toString() {
    return "WrittenPhone";
  }
}
