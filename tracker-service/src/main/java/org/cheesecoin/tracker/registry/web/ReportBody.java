package org.cheesecoin.tracker.registry.web;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /peers/{nodeId}/reports}. */
@Schema(name = "Report", description = "Says that a member does not answer, signed by the reporter's node key")
record ReportBody(
        @Schema(description = "Who reports: a listed member of the same network",
                example = Examples.NODE_ID) String reporterId,
        @Schema(description = "The reporter's clock, in milliseconds since 1970", minimum = "0",
                maximum = Examples.MAX_TIME, example = Examples.TIME) long issuedAtMillis,
        @Schema(description = "128 hex digits", example = Examples.SIGNATURE) String signature) {}
