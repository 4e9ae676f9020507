package org.cheesecoin.web.contract;

import java.math.BigDecimal;

import org.cheesecoin.web.Page;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;

import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Publishes how many items a page may have, and has where nobody asks: what {@code Parameters.limit} takes. */
public final class PageLimits implements ParameterCustomizer {

    private static final String LIMIT = "limit";

    @Override
    public Parameter customize(Parameter published, MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        if (published != null && asked != null && LIMIT.equals(published.getName())
                && Page.DEFAULT_ITEMS.equals(asked.defaultValue())) {
            published.schema(new IntegerSchema()
                    .minimum(BigDecimal.ONE)
                    .maximum(BigDecimal.valueOf(Page.MAX_ITEMS))
                    ._default(Integer.valueOf(Page.DEFAULT_ITEMS)));
        }
        return published;
    }
}
