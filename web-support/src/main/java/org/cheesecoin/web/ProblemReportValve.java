package org.cheesecoin.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What Tomcat itself refuses, as a target that it cannot decode, before any servlet or filter sees it. */
final class ProblemReportValve extends ErrorReportValve {

    private final ProblemWriter writer;

    ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.ofStatus(response.getStatus());
        Optional<String> instance = Optional.ofNullable(request.getRequestURI()).flatMap(ProblemWriter::instance);
        byte[] body = writer.toText(ProblemDocument.of(problem, problem.title()), instance)
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setStatus(problem.status());
            response.setContentType(ProblemDocument.MEDIA_TYPE);
            SecurityHeaders.set(response::setHeader);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // the caller has gone: there is nobody to answer
            container.getLogger().debug("A refusal was not delivered");
        }
    }
}
