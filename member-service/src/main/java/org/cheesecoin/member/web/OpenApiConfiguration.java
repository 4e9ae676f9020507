package org.cheesecoin.member.web;

import java.util.Set;

import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemsInOpenApi;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

/** The published contract: who we are, how to show the token, which operations ask for it. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String SCHEME = "ownerToken";

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
                                        + "or what was given as CHEESECOIN_OWNER_TOKEN")));
    }

    @Bean
    GlobalOpenApiCustomizer commonWords() {
        return new CommonWords();
    }

    /** Adds what no controller of the owner's should have to repeat. */
    @Bean
    GlobalOperationCustomizer ownersOperations() {
        return (operation, method) -> {
            if (Marks.of(method) == Marks.Mark.OWNER_ONLY) {
                operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
                ProblemsInOpenApi.describe(operation, Set.of(Problem.UNAUTHORIZED));
            }
            return operation;
        };
    }
}
