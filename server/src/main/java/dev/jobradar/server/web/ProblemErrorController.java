package dev.jobradar.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the servlet container sends what failed before it came to a controller. */
@Controller
class ProblemErrorController implements ErrorController {
  @RequestMapping("${server.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) {
    EarlyAnswer.headers(request)
        .forEach((name, value) -> {
          if (!response.containsHeader(name)) {
            response.setHeader(name, value);
          }
        });
    HttpStatus status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? HttpStatus.resolve(code)
            : HttpStatus.NOT_FOUND;
    HttpStatus known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    throw new ProblemException(known, ProblemAdvice.codeOf(known));
  }
}
