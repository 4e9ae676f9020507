package org.cheesecoin.tracker.web;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

/** Says in the published document that every error is a problem document. */
@Component
class ProblemsInOpenApi implements OpenApiCustomizer {

    private static final String NAME = "Problem";

    @Override
    public void customise(OpenAPI document) {
        document.getComponents().addSchemas(NAME, schema());
        document.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(operations -> operations.stream())
                .forEach(operation -> describe(operation.getResponses()));
    }

    private static void describe(ApiResponses responses) {
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(content());
            }
        });
        responses.addApiResponse("default", new ApiResponse().description("Any other problem").content(content()));
    }

    private static Content content() {
        return new Content().addMediaType(
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                new io.swagger.v3.oas.models.media.MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + NAME)));
    }

    private static Schema<?> schema() {
        return new ObjectSchema()
                .description("A problem document (RFC 9457). Tell problems apart by their type.")
                .addProperty("type", new StringSchema()
                        .description("Stable for ever")
                        .example(ProblemType.MALFORMED.uri().toString()))
                .addProperty("title", new StringSchema().example(ProblemType.MALFORMED.title()))
                .addProperty("status", new IntegerSchema().example(400))
                .addProperty("detail", new StringSchema().description("What is wrong this time"))
                .addProperty("instance", new StringSchema().description("The path that was asked"))
                .addProperty("field", new StringSchema().description("Which field, where one is at fault"))
                .addProperty("rule", new StringSchema().description("The id of the broken rule, where one is"))
                .addProperty("values", new ObjectSchema()
                        .description("What broke the rule")
                        .additionalProperties(new StringSchema()))
                .addRequiredItem("type")
                .addRequiredItem("title")
                .addRequiredItem("status");
    }
}
