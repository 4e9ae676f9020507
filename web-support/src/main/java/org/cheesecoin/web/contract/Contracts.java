package org.cheesecoin.web.contract;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;

/** What the contracts of all services say alike. */
public final class Contracts {

    /** Of the contract, not of the program: it changes when a client would have to. */
    private static final String VERSION = "1";

    private Contracts() {}

    /** A contract without operations. The license has a URL: without one, generators of clients refuse the document. */
    public static OpenAPI of(String title, String description) {
        return new OpenAPI().info(new Info()
                .title(title)
                .version(VERSION)
                .description(description)
                .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")));
    }
}
