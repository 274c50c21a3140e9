package dev.jobradar.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows of docs/architecture.md. */
class ArchitectureTest {
  /** Protocol code that takes bytes and time and gives bytes and decisions. */
  private static final String[] WITHOUT_IO = {
    "dev.jobradar.mtproto.crypto..",
    "dev.jobradar.mtproto.transport..",
    "dev.jobradar.mtproto.keyexchange..",
    "dev.jobradar.mtproto.session..",
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("jmh_generated"))
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.jobradar");

  @ParameterizedTest
  @FieldSource("dev.jobradar.checks.Module#ALL")
  void a_module_uses_only_what_it_may(Module module) {
    classes()
        .that(module.classes())
        .should()
        .onlyDependOnClassesThat(module.allowed())
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void every_class_belongs_to_one_module() {
    assertThat(CLASSES).isNotEmpty();
    assertThat(CLASSES.stream().filter(type -> modulesOf(type) != 1).map(JavaClass::getName))
        .as("classes that the table in Module does not place, or places twice")
        .isEmpty();
  }

  private static long modulesOf(JavaClass type) {
    return Module.ALL.stream().filter(module -> module.classes().test(type)).count();
  }

  @Test
  void packages_do_not_depend_on_each_other_in_circles() {
    slices().assignedFrom(new OnePackageOneSlice()).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void of_the_service_only_the_account_holds_a_client() {
    noClasses()
        .that()
        .resideInAPackage("dev.jobradar.server..")
        .and()
        .resideOutsideOfPackage("dev.jobradar.server.account..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.jobradar.telegram.TelegramClient")
        .check(CLASSES);
  }

  /** Sign-ins have no user yet, and so no account. */
  @Test
  void features_of_the_service_reach_telegram_through_the_account_alone() {
    noClasses()
        .that()
        .resideInAPackage("dev.jobradar.server..")
        .and()
        .resideOutsideOfPackages(
            "dev.jobradar.server.account..",
            "dev.jobradar.server.signin..",
            "dev.jobradar.server.web.signin..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "dev.jobradar.telegram..",
                    "dev.jobradar.clients..",
                    "dev.jobradar.mtproto..",
                    "dev.jobradar.tl..")
                .and(not(name("dev.jobradar.clients.UserId")))
                .and(not(name("dev.jobradar.clients.SignInId")))
                // Values that say what a message says; no client behind them.
                .and(not(resideInAnyPackage("dev.jobradar.telegram.content"))))
        .check(CLASSES);
  }

  @Test
  void the_protocol_core_has_no_sockets_and_no_files() {
    noClasses()
        .that()
        .resideInAnyPackage(WITHOUT_IO)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "javax.net..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void the_protocol_core_has_no_threads() {
    noClasses()
        .that()
        .resideInAnyPackage(WITHOUT_IO)
        .should()
        .dependOnClassesThat(
            assignableToAnyOf(
                Thread.class,
                Executor.class,
                Executors.class,
                Future.class,
                CompletableFuture.class,
                Timer.class))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void the_protocol_core_has_no_clock() {
    noClasses()
        .that()
        .resideInAnyPackage(WITHOUT_IO)
        .should()
        .dependOnClassesThat(assignableToAnyOf(Clock.class))
        .orShould()
        .accessTargetWhere(describe("the time is read", ArchitectureTest::readsTheTime))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static boolean readsTheTime(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return (owner.equals("java.lang.System") && name.matches("currentTimeMillis|nanoTime"))
        || (owner.startsWith("java.time.") && name.equals("now"))
        || owner.equals("java.util.Date");
  }

  private static DescribedPredicate<JavaClass> assignableToAnyOf(Class<?>... types) {
    return Stream.of(types)
        .map(JavaClass.Predicates::assignableTo)
        .reduce(DescribedPredicate.alwaysFalse(), (one, other) -> one.or(other));
  }

  /**
   * Each package by itself, but the generated types as one: a Telegram schema's namespaces refer to
   * each other, and nothing can be done about it here.
   */
  private static final class OnePackageOneSlice implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      for (String generated : new String[] {"dev.jobradar.tl.api", "dev.jobradar.tl.mtproto"}) {
        if (name.equals(generated) || name.startsWith(generated + ".")) {
          return SliceIdentifier.of(generated);
        }
      }
      return SliceIdentifier.of(name);
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
