package dev.jobradar.server.web;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What Tomcat refuses before it comes to any of our code, such as a target with forbidden
 * characters: a problem document like all others, and not a page of Tomcat's.
 */
final class TomcatErrors extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, Throwable failure) {
    HttpStatus status = HttpStatus.resolve(response.getStatus());
    if (status == null
        || !status.isError()
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    EarlyAnswer.HEADERS.forEach(response::setHeader);
    response.setHeader(EarlyAnswer.POLICY, EarlyAnswer.NOTHING);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding("utf-8");
    try {
      Writer writer = response.getReporter();
      if (writer != null) {
        // Nothing of the request is repeated: it was not understood.
        writer.write(
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
                .formatted(
                    status.getReasonPhrase(),
                    status.value(),
                    status.getReasonPhrase(),
                    ProblemAdvice.codeOf(status)));
        response.finishResponse();
      }
    } catch (IOException e) {
      // Whoever asked has gone.
    }
  }
}
