package dev.jobradar.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses what is larger than any honest request. */
final class BodyLimitFilter extends OncePerRequestFilter {
  static final int LIMIT = 64 * 1024;

  private final HandlerExceptionResolver resolver;

  BodyLimitFilter(HandlerExceptionResolver resolver) {
    this.resolver = resolver;
  }

  static ProblemException tooLarge() {
    return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", LIMIT / 1024);
  }

  /** A body has gone on for too long. */
  static final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private BodyTooLargeException() {
      super("the body is larger than " + LIMIT + " bytes");
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long length = request.getContentLengthLong();
    if (length > LIMIT) {
      EarlyAnswer.give(resolver, request, response, tooLarge());
    } else if (length >= 0) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  /** A request that does not say how long it is. */
  private static final class Limited extends HttpServletRequestWrapper {
    private @Nullable ServletInputStream stream;

    Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (stream == null) {
        stream = new LimitedStream(super.getInputStream());
      }
      return stream;
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private int count;

    LimitedStream(ServletInputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      int next = stream.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = stream.read(into, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    private void count(int read) throws BodyTooLargeException {
      count += read;
      if (count > LIMIT) {
        throw new BodyTooLargeException();
      }
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}
