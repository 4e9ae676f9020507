package org.cheesecoin.member.web;

import java.util.List;
import java.util.Set;

import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemsInOpenApi;
import org.cheesecoin.web.contract.Contracts;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;

/** The published contract: who we are, how to show the token, which operations ask for it. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    private static final String SCHEME = "ownerToken";

    @Bean
    OpenAPI openApi() {
        return Contracts.of("CheeseCoin member",
                "A member of a CheeseCoin network: its stack, mempool, wallet, miner and peers. "
                        + "Amounts are whole crumbs; 1 CHEESE is 100,000,000 crumbs. "
                        + "Errors are problem documents (RFC 9457) with a stable type.")
                .tags(List.of(
                        tag("Node", "How the member is, and its index"),
                        tag("Cheeses", "The stack, and the money in it"),
                        tag("Transactions", "Looking transactions up, and submitting signed ones"),
                        tag("Addresses", "What addresses have"),
                        tag("Mempool", "What waits for a cheese, and what it takes to be in one"),
                        tag("Events", "What happens, as it happens"),
                        tag("Peers", "Whom this member is linked to, and whom it knows"),
                        tag("Mining", "What the owner wants of the miner"),
                        tag("Wallet", "The member's own money; for its owner only")))
                .components(new Components()
                        .addSecuritySchemes(SCHEME, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                                .description("The text of the file owner.token in the member's data folder, "
                                        + "or what was given as CHEESECOIN_OWNER_TOKEN")));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
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
