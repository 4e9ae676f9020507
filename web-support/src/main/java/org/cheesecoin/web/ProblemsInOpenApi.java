package org.cheesecoin.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;

/** Says in the published contract which problems an operation may answer: its own, and those of all. */
public final class ProblemsInOpenApi implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

    private static final String NAME = "Problem";
    private static final String ANY_OTHER = "default";
    private static final Problem BEFORE_ALL = Problem.MISDIRECTED_REQUEST;

    @Override
    public void customise(OpenAPI contract) {
        contract.getComponents().addSchemas(NAME, schema());
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        describe(operation, problemsOf(method));
        operation.getResponses().addApiResponse(ANY_OTHER, response(BEFORE_ALL.status(), List.of(
                "Any other status: what stands before every operation refuses the call, as "
                        + BEFORE_ALL.type() + " where it is called by a name that it does not have")));
        return operation;
    }

    /** Adds answers to an operation, one for each status, beside those that it has. */
    public static void describe(Operation operation, Set<Problem> problems) {
        var byStatus = new LinkedHashMap<Integer, List<String>>();
        problems.forEach(it -> byStatus.computeIfAbsent(it.status(), _ -> new ArrayList<>()).add(it.type().toString()));
        byStatus.forEach((status, types) -> operation.getResponses()
                .addApiResponse(Integer.toString(status), response(status, types)));
    }

    private static Set<Problem> problemsOf(HandlerMethod method) {
        Set<Problem> problems = new LinkedHashSet<>(List.of(Problem.INVALID_VALUE, Problem.TOO_MANY_REQUESTS,
                Problem.INTERNAL, Problem.NOT_READY));
        // what answers nothing takes every Accept
        if (!method.isVoid()) {
            problems.add(Problem.NOT_ACCEPTABLE);
        }
        boolean takesBody = Stream.of(method.getMethodParameters())
                .anyMatch(it -> it.hasParameterAnnotation(RequestBody.class));
        if (takesBody) {
            problems.addAll(List.of(Problem.MALFORMED_JSON, Problem.UNKNOWN_FIELD, Problem.BODY_TOO_LARGE,
                    Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        Problems own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Problems.class);
        if (own != null) {
            problems.addAll(List.of(own.value()));
        }
        return problems;
    }

    private static ApiResponse response(int status, List<String> types) {
        ApiResponse response = new ApiResponse()
                .description(String.join(" or ", types))
                .content(new Content().addMediaType(ProblemDocument.MEDIA_TYPE, new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + NAME))));
        if (status == Problem.UNAUTHORIZED.status()) {
            response.addHeaderObject("WWW-Authenticate", new Header().schema(new StringSchema()));
        }
        if (status == Problem.TOO_MANY_REQUESTS.status()) {
            response.addHeaderObject("Retry-After", new Header().schema(new IntegerSchema())
                    .description("Seconds until the next call may be made"));
        }
        return response;
    }

    private static Schema<?> schema() {
        return new ObjectSchema()
                .description("A refused call (RFC 9457). Programs tell problems apart by their type.")
                .addProperty("type", new StringSchema().format("uri").description("The kind, stable")
                        .example(Problem.RULE_BROKEN.type().toString()))
                .addProperty("title", new StringSchema().description("The kind, for people")
                        .example(Problem.RULE_BROKEN.title()))
                .addProperty("status",
                        new IntegerSchema().description("The HTTP status again").example(Problem.RULE_BROKEN.status()))
                .addProperty("detail", new StringSchema().description("This case, for people"))
                .addProperty("instance", new StringSchema().format("uri-reference").description("What was called")
                        .example("/transactions"))
                .addProperty("rule", new StringSchema().description("Id of the broken rule")
                        .example("TRX-UNDERFUNDED"))
                .addProperty("anchor", new StringSchema().description("Where protocol.md explains the rule")
                        .example("protocol.md#trx-underfunded"))
                .addProperty("values", new ObjectSchema()
                        // Not a schema: springdoc copies the contract through JSON, and cannot read one back here.
                        .additionalProperties(true)
                        .description("Names and texts that explain the case; 'field' names a field at fault"))
                .required(List.of("type", "title", "status", "detail"));
    }
}
