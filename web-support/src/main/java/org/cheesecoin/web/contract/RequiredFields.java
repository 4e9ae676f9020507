package org.cheesecoin.web.contract;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.type.TypeFactory;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;

/**
 * Publishes which fields of a body are always there: those of a record whose type is not optional. In a request they must
 * be given, in an answer they are never left out, and null is in neither.
 */
public final class RequiredFields implements ModelConverter {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final Set<Class<?>> OPTIONAL = Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        Class<?> described = rawClass(type.getType());
        if (resolved != null && described.isRecord()) {
            require(described, definition(resolved, context.getDefinedModels()));
        }
        return resolved;
    }

    private static Class<?> rawClass(Type type) {
        return TypeFactory.defaultInstance().constructType(type).getRawClass();
    }

    /** The schema with the fields, where the resolved one only points to it. */
    private static Schema<?> definition(Schema<?> resolved, Map<String, Schema> defined) {
        String reference = resolved.get$ref();
        if (reference == null) {
            return resolved;
        }
        Schema<?> definition = defined.get(reference.substring(SCHEMAS.length()));
        return definition == null ? resolved : definition;
    }

    private static void require(Class<?> described, Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        List<String> required = Stream.of(described.getRecordComponents())
                .filter(RequiredFields::isAlwaysThere)
                .map(RecordComponent::getName)
                .filter(schema.getProperties()::containsKey)
                .toList();
        // An empty list is no list of OpenAPI.
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static boolean isAlwaysThere(RecordComponent field) {
        return !OPTIONAL.contains(field.getType()) && !field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
