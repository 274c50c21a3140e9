package dev.jobradar.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Lets whoever is on this machine read the meters, and whoever reaches the management port: opening
 * that to others is the operator's choice. What a proxy passes on comes from elsewhere.
 */
final class OperatorsOnly implements AuthorizationManager<RequestAuthorizationContext> {
  private final int managementPort;

  /**
   * @param managementPort negative when there is none
   */
  OperatorsOnly(int managementPort) {
    this.managementPort = managementPort;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    boolean allowed =
        managementPort > 0 && request.getLocalPort() == managementPort
            || isLoopback(request.getRemoteAddr())
                && request.getHeader("X-Forwarded-For") == null
                && request.getHeader("Forwarded") == null;
    return new AuthorizationDecision(allowed);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
