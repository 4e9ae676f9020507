package org.cheesecoin.web;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.type.ReferenceType;

/** Reads an empty list as none, wherever a list is optional: generated clients send one for a list that nobody filled. */
final class EmptyIsAbsent extends SimpleDeserializers {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable ValueDeserializer<?> findReferenceDeserializer(ReferenceType type, DeserializationConfig config,
            BeanDescription.Supplier description, @Nullable TypeDeserializer contentType,
            @Nullable ValueDeserializer<?> content) {
        boolean isOfList = type.hasRawClass(Optional.class) && type.getContentType().isCollectionLikeType();
        return isOfList ? new OfList(type, contentType, content) : null;
    }

    private static final class OfList extends ReferenceTypeDeserializer<Optional<?>> {

        OfList(JavaType type, @Nullable TypeDeserializer contentType, @Nullable ValueDeserializer<?> content) {
            super(type, null, contentType, content);
        }

        @Override
        protected ReferenceTypeDeserializer<Optional<?>> withResolved(
                TypeDeserializer contentType, ValueDeserializer<?> content) {
            return new OfList(_fullType, contentType, content);
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<?> referenceValue(Object list) {
            return list instanceof Collection<?> items && items.isEmpty() ? Optional.empty() : Optional.of(list);
        }

        @Override
        public Optional<?> updateReference(Optional<?> before, Object list) {
            return referenceValue(list);
        }

        @Override
        public @Nullable Object getReferenced(Optional<?> list) {
            return list.orElse(null);
        }
    }
}
