package dev.jobradar.server.pacing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes what computes for all features. */
@Configuration(proxyBeanMethods = false)
class PacingConfiguration {
  /** All processors but one: requests and connections always find that. */
  @Bean
  CpuPool cpuPool(MeterRegistry meters) {
    CpuPool pool = new CpuPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    Gauge.builder("jobradar.cpu.jobs", pool, CpuPool::size)
        .description("Matching and comparing of posts that waits or runs, each counted for its job")
        .register(meters);
    return pool;
  }
}
