package org.cheesecoin.member.node.web;

import java.util.Optional;

import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.Callers;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

/** The stream of events. */
@RestController
@Open
@Tag(name = "Events")
class EventsController {

    /** Read by nginx and by what is built on it; others pass a stream on by its type. */
    private static final String NO_BUFFER = "X-Accel-Buffering";

    private final EventStreams streams;

    EventsController(EventStreams streams) {
        this.streams = streams;
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "followEvents", summary = "What happens, as server-sent events",
            description = "Events cheese, reorganisation, transaction and peer, with JSON data. An id is the run and "
                    + "a number. A reader that comes again with Last-Event-ID gets what it missed, or the event reset "
                    + "where that is not known any more: then it reads the state anew.")
    @ApiResponse(responseCode = "200", description = "A stream that does not end",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                    schema = @Schema(type = "string", example = """
                            id:5f0c3a9be210-17
                            event:cheese
                            data:{"smell":"000…","parentSmell":"000…","height":8,"timeMillis":1,"onBestBranch":true}

                            """)))
    ResponseEntity<SseEmitter> events(
            @Parameter(description = "The id of the last event that was seen") @RequestHeader(name = "Last-Event-ID",
                    required = false) Optional<String> lastEventId,
            HttpServletRequest request) {
        // HEAD is a GET whose body nobody reads: a stream would go on for nobody
        return HttpMethod.HEAD.matches(request.getMethod())
                ? asItComes().contentType(MediaType.TEXT_EVENT_STREAM).build()
                : asItComes().body(streams.open(Callers.of(request), lastEventId.filter(it -> !it.isBlank())));
    }

    /** A proxy collects an answer until it is whole, or packs it, unless it is told that each word is wanted at once. */
    private static ResponseEntity.BodyBuilder asItComes() {
        return ResponseEntity.ok()
                .header(NO_BUFFER, "no")
                .cacheControl(CacheControl.noStore().noTransform());
    }
}
