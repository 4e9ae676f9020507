package org.cheesecoin.web;

import java.io.IOException;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Where the container sends a request that it or a filter refused. */
@Controller
@Hidden
class ProblemErrorController implements ErrorController {

    private final ProblemWriter writer;

    ProblemErrorController(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isRefused = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer;
        // who asks for the path itself finds nothing there
        int status = isRefused ? (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : 404;
        Object found = isRefused ? request.getAttribute(ProblemReportValve.DOCUMENT) : null;
        writer.write(ProblemReportValve.documentOf(found, status), request, response);
    }
}
