package org.cheesecoin.tracker.web;

import java.io.IOException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** Makes a problem document of what Tomcat refuses by itself, such as {@code /%2f}, in place of its HTML page. */
class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemType type = ProblemType.forStatus(HttpStatusCode.valueOf(status));
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            // Neither text can hold anything that JSON would escape.
            response.getReporter().write("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d}"
                    .formatted(type.uri(), type.title(), status));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("Nobody waits for the problem any more", e);
        }
    }
}
