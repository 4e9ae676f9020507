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

    /** Attribute of a request with what is reported instead of what the container has to say. */
    static final String DOCUMENT = ProblemReportValve.class.getName() + ".document";

    private final ProblemWriter writer;

    ProblemReportValve(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ProblemDocument document = documentOf(request.getAttribute(DOCUMENT), response.getStatus());
        Optional<String> instance = Optional.ofNullable(request.getRequestURI()).flatMap(ProblemWriter::instance);
        byte[] body = writer.toText(document, instance).getBytes(StandardCharsets.UTF_8);
        try {
            response.setStatus(document.problem().status());
            document.headers().forEach(response::setHeader);
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

    /** What a filter found wrong, else what the container did. */
    static ProblemDocument documentOf(@Nullable Object found, int status) {
        Problem problem = Problem.ofStatus(status);
        return found instanceof ProblemDocument document ? document : ProblemDocument.of(problem, problem.title());
    }
}
