package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is logged of a failed statement. */
@Timeout(60)
class DriverMessagesIT {
  @ParameterizedTest
  @EnumSource(Vendor.class)
  void what_the_driver_says_of_a_failed_statement_holds_nothing_of_the_row(Vendor vendor) {
    try (TestDatabase database = TestDatabase.open(vendor)) {
      String insert =
          "insert into users (id, phone, name, telegram_user_id, created_at, updated_at)"
              + " values (?, ?, ?, ?, 0, 0)";
      database.client().sql(insert).params(1, "79990001122", "Ann", 4711).update();
      Throwable twice =
          catchThrowable(
              () -> database.client().sql(insert).params(2, "79990001122", "Ann", 4711).update());
      Throwable missing =
          catchThrowable(() ->
              database
                  .client()
                  .sql(insert.replace("(?, ?,", "(?, nullif(?, ''),"))
                  .params(3, "", "Secret Name", 4712)
                  .update());
      assertThat(printed(twice)).doesNotContain("4711");
      assertThat(printed(missing)).doesNotContain("Secret Name").doesNotContain("4712");
    }
  }

  private static String printed(Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
