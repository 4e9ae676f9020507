package org.cheesecoin.member.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

/** The published contract: who we are, how to show the token, and the problems of each operation. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String SCHEME = "ownerToken";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info().title("CheeseCoin member")
                        .version("1")
                        .description("A member of a CheeseCoin network: its stack, mempool, wallet, miner and peers. "
                                + "Amounts are whole crumbs; 1 CHEESE is 100,000,000 crumbs. "
                                + "Errors are problem documents (RFC 9457) with a stable type.")
                        .license(new License().name("Apache-2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0")))
                .components(new Components()
                        .addSecuritySchemes(SCHEME, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                                .description("The text of the file owner.token in the member's data folder, "
                                        + "or what was given as CHEESECOIN_OWNER_TOKEN"))
                        .addSchemas(PROBLEM, problemSchema()));
    }

    /** Adds what no controller should have to repeat. */
    @Bean
    GlobalOperationCustomizer problemsOfOperations() {
        return (operation, method) -> {
            if (isOwnerOnly(method)) {
                operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
            }
            problemsOf(method).forEach((status, names) -> addResponse(operation, status, names));
            return operation;
        };
    }

    private static boolean isOwnerOnly(HandlerMethod method) {
        return Marks.of(method) == Marks.Mark.OWNER_ONLY;
    }

    private static LinkedHashMap<Integer, List<String>> problemsOf(HandlerMethod method) {
        Set<Problem> problems = new LinkedHashSet<>(List.of(Problem.INVALID_VALUE, Problem.NOT_ACCEPTABLE,
                Problem.TOO_MANY_REQUESTS, Problem.INTERNAL, Problem.NOT_READY));
        if (isOwnerOnly(method)) {
            problems.add(Problem.UNAUTHORIZED);
        }
        if (takesBody(method)) {
            problems.addAll(List.of(Problem.MALFORMED_JSON, Problem.UNKNOWN_FIELD, Problem.BODY_TOO_LARGE,
                    Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        Problems own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Problems.class);
        if (own != null) {
            problems.addAll(List.of(own.value()));
        }
        var byStatus = new LinkedHashMap<Integer, List<String>>();
        problems.forEach(it -> byStatus.computeIfAbsent(it.status(), _ -> new ArrayList<>()).add(it.type().toString()));
        return byStatus;
    }

    private static boolean takesBody(HandlerMethod method) {
        return List.of(method.getMethodParameters()).stream()
                .anyMatch(it -> it.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class));
    }

    private static void addResponse(Operation operation, int status, List<String> types) {
        ApiResponse response = new ApiResponse()
                .description(String.join(" or ", types))
                .content(new Content().addMediaType(ProblemDocument.MEDIA_TYPE,
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
        if (status == Problem.UNAUTHORIZED.status()) {
            response.addHeaderObject("WWW-Authenticate", new Header().schema(new StringSchema()));
        }
        operation.getResponses().addApiResponse(Integer.toString(status), response);
    }

    private static Schema<?> problemSchema() {
        return new Schema<>().type("object")
                .description("A refused call (RFC 9457)")
                .addProperty("type", new StringSchema().format("uri").description("The kind, stable"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("This case, for people"))
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("rule", new StringSchema().description("Id of the broken rule, as TRX-UNDERFUNDED"))
                .addProperty("anchor", new StringSchema().description("Where protocol.md explains the rule"))
                .addProperty("values", new Schema<>().type("object").additionalProperties(new StringSchema())
                        .description("Names and values that explain the case"))
                .required(List.of("type", "title", "status", "detail"));
    }
}
