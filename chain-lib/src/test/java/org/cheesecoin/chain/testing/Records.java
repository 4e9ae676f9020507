package org.cheesecoin.chain.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies of records with other values, so that a test of one limit names that limit only. */
public final class Records {

    private Records() {}

    /**
     * The same record with another value of one component.
     *
     * @param component its name; an unknown one is a fault of the test
     * @param value of the component's type
     */
    public static <R extends Record> R with(R record, String component, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            boolean found = false;
            for (int i = 0; i < components.length; i++) {
                boolean meant = components[i].getName().equals(component);
                values[i] = meant ? value : components[i].getAccessor().invoke(record);
                found |= meant;
            }
            if (!found) {
                throw new IllegalArgumentException(component);
            }
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked") Constructor<
                    R> constructor = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component, e);
        }
    }
}
