package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a phone number means here. Numbers {@code 99966XYYYY} are as on Telegram's test servers: X
 * is the home data centre and the code is X five times (api/auth). Any other number lives at data
 * centre 1 and its code is in the event log.
 *
 * <p>The last digits say the rest, so that a test can choose: {@code 7} has the two-step password,
 * an even digit has the username {@code u} followed by the number, and {@code 0000} is not made an
 * account by signing in but has to sign up first.
 */
final class PhoneRules {

  private static final Pattern VALID = Pattern.compile("[1-9]\\d{4,14}");
  private static final Pattern TEST = Pattern.compile("99966(\\d)\\d{4}");
  private static final List<String> FIRST_NAMES =
      List.of("Алиса", "Boris", "Вера", "Gleb", "Дарья", "Egor", "Женя", "Zoya", "Инна", "Kira");

  private final int dataCentres;

  PhoneRules(int dataCentres) {
    this.dataCentres = dataCentres;
  }

  /**
   * The digits of a number as somebody typed it.
   *
   * @throws RpcErrorException when it is none, or that of a data centre that there is not
   */
  String parse(String typed) {
    String digits = typed.replaceAll("[\\s()+.-]", "");
    if (!VALID.matcher(digits).matches()) {
      throw invalid();
    }
    testDc(digits)
        .filter(dc -> dc < 1 || dc > dataCentres)
        .ifPresent(dc -> {
          throw invalid();
        });
    return digits;
  }

  private static RpcErrorException invalid() {
    return new RpcErrorException(406, "PHONE_NUMBER_INVALID");
  }

  private static Optional<Integer> testDc(String phone) {
    var matcher = TEST.matcher(phone);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** The data centre that a number lives at. */
  int homeDc(String phone) {
    return testDc(phone).orElse(1);
  }

  /** The code of a test number; none for others. */
  Optional<String> fixedCode(String phone) {
    return testDc(phone).map(dc -> dc.toString().repeat(5));
  }

  /** Whether a number has to sign up before it is an account. */
  boolean mustSignUp(String phone) {
    return phone.endsWith("0000");
  }

  /** A new account, under a name of its owner's choice or one that is made up. */
  User newcomer(UserId id, String phone, int now, @Nullable String first, String last) {
    int lastDigit = phone.charAt(phone.length() - 1) - '0';
    String username = lastDigit % 2 == 0 ? "u" + phone : null;
    String name = first == null ? FIRST_NAMES.get(lastDigit) : first;
    return new User(id, phone, name, last, username, homeDc(phone), lastDigit == 7, now);
  }
}
