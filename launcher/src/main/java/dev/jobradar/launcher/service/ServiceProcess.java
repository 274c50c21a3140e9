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

/**
 * The service as a program: starts it, waits for a signal, ends it gracefully and exits as a
 * program that is done.
 */
final class ServiceProcess {
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private Consumer<GenericApplicationContext> beans = context -> {};

  /** A setting by Spring's name; the environment's own settings count for more. */
  ServiceProcess with(String name, Object value) {
    settings.put(name, value);
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
    SpringApplication application =
        new SpringApplicationBuilder(JobRadarApplication.class)
            .properties(settings)
            .registerShutdownHook(false)
            .initializers((ApplicationContextInitializer<GenericApplicationContext>) beans::accept)
            .build();
    ConfigurableApplicationContext context;
    try {
      context = application.run();
    } catch (RuntimeException alreadyTold) {
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  context.close();
                  ended.countDown();
                  // Without this the JVM says 128 + the signal's number, as if it had been cut off.
                  Runtime.getRuntime().halt(0);
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
}
