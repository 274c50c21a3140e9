package dev.jobradar.server.crash;

import dev.jobradar.server.JobRadarApplication;
import org.springframework.boot.SpringApplication;

/** The service in a process of its own, set up by its environment. */
final class ServiceMain {
  private ServiceMain() {}

  public static void main(String[] args) {
    SpringApplication.run(JobRadarApplication.class, args);
  }
}
