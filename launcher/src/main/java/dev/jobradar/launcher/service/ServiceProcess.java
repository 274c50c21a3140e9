package dev.jobradar.launcher.service;

import dev.jobradar.server.JobRadarApplication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The service as a program: starts it, waits for a signal, ends it gracefully and exits as a
 * program that is done.
 */
final class ServiceProcess {
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private boolean alone;
  private Consumer<GenericApplicationContext> beans = context -> {};

  /** What a setting, by Spring's name, is unless the environment says something else. */
  ServiceProcess unlessSet(String name, Object value) {
    defaults.put(name, value);
    return this;
  }

  /** A setting by Spring's name; it takes precedence over the environment. */
  ServiceProcess with(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** Takes no setting from the environment or from a file in the current folder. */
  ServiceProcess alone() {
    alone = true;
    return this;
  }

  /** Further beans. */
  ServiceProcess with(Consumer<GenericApplicationContext> more) {
    beans = more;
    return this;
  }

  /**
   * Runs until SIGTERM or SIGINT comes. When it cannot start, Spring has said why.
   *
   * @param started told once requests are answered
   * @return the exit code, when it could not start
   */
  int run(Consumer<ConfigurableApplicationContext> started) {
    SpringApplicationBuilder application =
        new SpringApplicationBuilder(JobRadarApplication.class)
            .properties(defaults)
            .registerShutdownHook(false)
            .initializers((ApplicationContextInitializer<GenericApplicationContext>) beans::accept);
    if (alone) {
      application.environment(new NoEnvironment());
      with("spring.config.location", "classpath:/");
    }
    ConfigurableApplicationContext context;
    try {
      context =
          application.run(
              settings.entrySet().stream()
                  .map(each -> "--" + each.getKey() + "=" + each.getValue())
                  .toArray(String[]::new));
    } catch (RuntimeException alreadyReported) {
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  // 0, unless a bean has another reason for the end.
                  int code = SpringApplication.exit(context);
                  ended.countDown();
                  // Without this the JVM says 128 + the signal's number, as if it had been cut off.
                  Runtime.getRuntime().halt(code);
                },
                "service-ending"));
    started.accept(context);
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** Java's system properties, and not what is set in the environment. */
  private static final class NoEnvironment extends StandardEnvironment {
    @Override
    protected void customizePropertySources(MutablePropertySources sources) {
      sources.addLast(
          new PropertiesPropertySource(
              SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, System.getProperties()));
    }
  }
}
