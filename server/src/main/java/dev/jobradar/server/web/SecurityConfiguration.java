package dev.jobradar.server.web;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.FORWARD;

import dev.jobradar.server.users.Users;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Access rules, and the security headers of our pages. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** Pages use what is served here and nothing else; no inline scripts or styles. */
  static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** The documentation page of somebody else, which styles inline. */
  private static final String DOCS_POLICY =
      POLICY + "; style-src 'self' 'unsafe-inline'; script-src 'self'";

  private static final RequestMatcher DOCS = path("/swagger-ui/**");

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      WebSessions sessions,
      Users users,
      WebSettings settings,
      ApplicationEventPublisher events,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver,
      Environment environment) {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .csrf(csrf ->
            csrf.csrfTokenRepository(pageTokens())
                // Else every request of who is signed in makes the forms of open pages invalid:
                // without sessions, Spring Security takes each for a sign-in.
                .sessionAuthenticationStrategy((_, _, _) -> {})
                .ignoringRequestMatchers("/api/**", "/admin/api/**"))
        .addFilterBefore(new HostFilter(settings.hosts(), resolver), CsrfFilter.class)
        .addFilterBefore(new ForgeryFilter(resolver), CsrfFilter.class)
        .addFilterBefore(
            new TokenFilter(sessions, users, settings.admin(), events, resolver),
            AnonymousAuthenticationFilter.class)
        .headers(headers ->
            headers
                .addHeaderWriter(policy(DOCS, DOCS_POLICY))
                .addHeaderWriter(policy(new NegatedRequestMatcher(DOCS), POLICY))
                .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(c -> c.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(c -> c.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                    p -> p.policy("camera=(), microphone=(), geolocation=(), payment=()")))
        .exceptionHandling(e ->
            e.authenticationEntryPoint((request, response, _) ->
                    resolver.resolveException(
                        request,
                        response,
                        null,
                        new ProblemException(HttpStatus.UNAUTHORIZED, "authentication_required")))
                .accessDeniedHandler(refused(resolver)))
        .authorizeHttpRequests(paths ->
            paths
                .dispatcherTypeMatchers(ASYNC, ERROR, FORWARD)
                .permitAll()
                .requestMatchers("/api/auth/**", "/api/logout")
                .permitAll()
                .requestMatchers("/api/**")
                .hasAuthority(TokenFilter.USER)
                .requestMatchers("/admin/**")
                .hasAuthority(TokenFilter.ADMIN)
                .requestMatchers("/livez", "/readyz", "/actuator/health", "/actuator/health/**")
                .permitAll()
                .requestMatchers("/actuator/**")
                .access(new OperatorsOnly(environment))
                .anyRequest()
                .permitAll())
        .build();
  }

  /** Paths and methods that Spring Security's firewall knows no good use for. */
  @Bean
  RequestRejectedHandler requestRejectedHandler(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
    return (request, response, rejected) ->
        EarlyAnswer.give(
            resolver,
            request,
            response,
            new ProblemException(HttpStatus.BAD_REQUEST, "bad_request"));
  }

  private static CookieCsrfTokenRepository pageTokens() {
    CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
    repository.setCookieName("csrf_token");
    repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax").path("/"));
    return repository;
  }

  private static HeaderWriter policy(RequestMatcher where, String policy) {
    return new DelegatingRequestMatcherHeaderWriter(
        where, new ContentSecurityPolicyHeaderWriter(policy));
  }

  private static RequestMatcher path(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(pattern);
  }

  private static AccessDeniedHandler refused(HandlerExceptionResolver resolver) {
    return (request, response, denied) -> {
      boolean disabled = Visitor.of(request).filter(user -> user.disabled()).isPresent();
      String code =
          denied instanceof CsrfException
              ? "forged_request"
              : disabled ? "account_disabled" : "forbidden";
      resolver.resolveException(
          request, response, null, new ProblemException(HttpStatus.FORBIDDEN, code));
    };
  }
}
