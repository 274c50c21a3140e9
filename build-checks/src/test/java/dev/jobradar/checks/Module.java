package dev.jobradar.checks;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;

/**
 * A module with the arrows of docs/architecture.md: what it may use of the others and of other
 * people's libraries. Everything may use the JDK and JSpecify's annotations.
 */
record Module(String name, List<String> packages, List<Module> below, List<String> libraries) {
  private static final List<String> FOR_EVERYONE =
      List.of("java..", "javax.crypto..", "org.jspecify.annotations..");

  /** The part of tl-codegen that the sandbox uses too: it reads other layers' schemas. */
  private static final Module TL_SCHEMA =
      new Module("tl-codegen (schema)", List.of("dev.jobradar.tl.schema.."), List.of(), List.of());

  private static final Module TL_CODEGEN =
      new Module("tl-codegen", List.of("dev.jobradar.tl.codegen.."), List.of(TL_SCHEMA), List.of());

  private static final Module TL =
      new Module(
          "tl",
          List.of("dev.jobradar.tl", "dev.jobradar.tl.api..", "dev.jobradar.tl.mtproto.."),
          List.of(),
          List.of());

  private static final Module MTPROTO =
      new Module("mtproto", List.of("dev.jobradar.mtproto.."), List.of(TL), List.of("org.slf4j.."));

  private static final Module TELEGRAM =
      new Module(
          "telegram",
          List.of("dev.jobradar.telegram.."),
          List.of(TL, MTPROTO),
          List.of("org.slf4j.."));

  private static final Module CLIENTS =
      new Module(
          "clients",
          List.of("dev.jobradar.clients.."),
          List.of(TL, MTPROTO, TELEGRAM),
          List.of("org.slf4j..", "io.micrometer.core.instrument.."));

  private static final Module SANDBOX =
      new Module(
          "sandbox",
          List.of("dev.jobradar.sandbox.."),
          List.of(TL_SCHEMA, TL, MTPROTO),
          List.of("org.slf4j..", "tools.jackson..", "com.fasterxml.jackson.annotation.."));

  /** The service is made of libraries: only our own modules are held to arrows. */
  private static final Module SERVER =
      new Module(
          "server",
          List.of("dev.jobradar.server.."),
          List.of(TL, MTPROTO, TELEGRAM, CLIENTS),
          List.of(
              "org.slf4j..",
              "org.springframework..",
              "org.thymeleaf..",
              "ch.qos.logback..",
              // Loggers that Spring's own base classes hand down.
              "org.apache.commons.logging..",
              "com.zaxxer.hikari..",
              "org.flywaydb..",
              "org.sqlite..",
              "com.google.crypto.tink..",
              "morfologik.stemming..",
              "com.ibm.icu..",
              "tools.jackson..",
              "com.fasterxml.jackson..",
              "org.springdoc..",
              "io.swagger.v3..",
              "jakarta..",
              "org.apache.catalina..",
              "org.apache.coyote..",
              "org.apache.tomcat.util..",
              "com.sun.management..",
              "javax.sql..",
              "javax.xml.stream..",
              "io.micrometer.."));

  private static final Module SANDBOX_JUNIT =
      new Module(
          "sandbox-junit",
          List.of("dev.jobradar.junit.."),
          List.of(TL, MTPROTO, SANDBOX),
          List.of("org.junit.jupiter.api.."));

  private static final Module TEST_SUPPORT =
      new Module(
          "test-support",
          List.of("dev.jobradar.testsupport.."),
          List.of(TL, MTPROTO, TELEGRAM, SANDBOX),
          List.of("org.awaitility.."));

  private static final Module LAUNCHER =
      new Module(
          "launcher",
          List.of("dev.jobradar.launcher.."),
          List.of(TL, MTPROTO, TELEGRAM, SANDBOX, SERVER),
          List.of("picocli..", "org.slf4j..", "tools.jackson..", "org.springframework.."));

  private static final Module BENCHMARKS =
      new Module(
          "benchmarks",
          List.of("dev.jobradar.benchmarks.."),
          List.of(TL, MTPROTO, TELEGRAM, CLIENTS, SANDBOX, SERVER),
          List.of(
              "org.openjdk.jmh..",
              "io.zonky.test.db.postgres..",
              "org.slf4j..",
              "tools.jackson..",
              "com.github.benmanes.caffeine.."));

  /** All of them, lowest first. */
  static final List<Module> ALL =
      List.of(
          TL_SCHEMA,
          TL_CODEGEN,
          TL,
          MTPROTO,
          TELEGRAM,
          CLIENTS,
          SANDBOX,
          SANDBOX_JUNIT,
          TEST_SUPPORT,
          SERVER,
          LAUNCHER,
          BENCHMARKS);

  /** The classes of this module. */
  DescribedPredicate<JavaClass> classes() {
    return inPackages(packages).as("the module %s", name);
  }

  /** What the classes of this module may depend on. */
  DescribedPredicate<JavaClass> allowed() {
    List<String> allowed = new ArrayList<>(packages);
    below.forEach(module -> allowed.addAll(module.packages));
    allowed.addAll(libraries);
    allowed.addAll(FOR_EVERYONE);
    return inPackages(allowed).as("%s, %s and the JDK", below, libraries);
  }

  private static DescribedPredicate<JavaClass> inPackages(List<String> patterns) {
    return JavaClass.Predicates.resideInAnyPackage(patterns.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return name;
  }
}
