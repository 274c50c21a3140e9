package dev.jobradar.server.web;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Allows reading the meters on the management port only, for every caller there. By default that
 * port is on loopback only: opening it to others is the operator's choice. Where a request claims
 * to come from does not count: that may be a header.
 */
final class OperatorsOnly implements AuthorizationManager<RequestAuthorizationContext> {
  private final Environment environment;

  /**
   * @param environment knows the management port once that is open
   */
  OperatorsOnly(Environment environment) {
    this.environment = environment;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    Integer management = environment.getProperty("local.management.port", Integer.class);
    Integer service = environment.getProperty("local.server.port", Integer.class);
    int port = context.getRequest().getLocalPort();
    return new AuthorizationDecision(
        management != null && management == port && !management.equals(service));
  }
}
