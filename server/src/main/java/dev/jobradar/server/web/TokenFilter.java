package dev.jobradar.server.web;

import dev.jobradar.server.signin.SessionCopied;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Finds out whose request it is by its cookie. */
final class TokenFilter extends OncePerRequestFilter {
  static final String USER = "user";
  static final String ADMIN = "admin";

  private final WebSessions sessions;
  private final Users users;
  private final @Nullable Long admin;
  private final ApplicationEventPublisher events;
  private final HandlerExceptionResolver resolver;

  TokenFilter(
      WebSessions sessions,
      Users users,
      @Nullable Long admin,
      ApplicationEventPublisher events,
      HandlerExceptionResolver resolver) {
    this.events = events;
    this.resolver = resolver;
    this.sessions = sessions;
    this.users = users;
    this.admin = admin;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      recognise(request, response);
    } catch (DataAccessException | TransactionException e) {
      // Controllers' failures are answered by the same resolver.
      resolver.resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(request, response);
  }

  private void recognise(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> token = Cookies.SESSION.read(request);
    if (token.isEmpty()) {
      return;
    }
    switch (sessions.find(token.get(), () -> ClientAddress.of(request).widest())) {
      case WebSessions.Found.Session found -> {
        users.find(found.user()).ifPresent(user -> isHere(request, user, found.id()));
        if (found.renewed() != null) {
          Cookies.SESSION.write(request, response, found.renewed(), found.remaining());
        }
      }
      case WebSessions.Found.Copied(var user, String browser) -> {
        Cookies.SESSION.write(request, response, "", Duration.ZERO);
        events.publishEvent(new SessionCopied(user, browser, ClientAddress.of(request).widest()));
        events.publishEvent(new BrowserSessionsEnded(user));
      }
      case WebSessions.Found.None none -> {
        // Somebody who is not signed in.
      }
    }
  }

  private void isHere(HttpServletRequest request, User user, long session) {
    Visitor.is(request, user, session);
    List<GrantedAuthority> authorities = new ArrayList<>(2);
    if (!user.disabled()) {
      authorities.add(new SimpleGrantedAuthority(USER));
      if (admin != null && admin.equals(user.telegramUserId())) {
        authorities.add(new SimpleGrantedAuthority(ADMIN));
      }
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(user, null, authorities));
    SecurityContextHolder.setContext(context);
  }
}
