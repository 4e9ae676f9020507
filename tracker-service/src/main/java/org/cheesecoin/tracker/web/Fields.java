package org.cheesecoin.tracker.web;

import java.util.function.Function;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.MalformedException;

/** Reads values out of a request's fields; what does not fit is a problem that names the field. */
public final class Fields {

    private Fields() {}

    /**
     * The field's text as a value.
     *
     * @throws ProblemException if the parser refuses it
     */
    public static <T> T read(String field, String text, Function<String, T> parser) {
        return check(field, () -> parser.apply(text));
    }

    /**
     * What the supplier makes of the field.
     *
     * @throws ProblemException if it refuses
     */
    public static <T> T check(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (MalformedException e) {
            throw ProblemType.MALFORMED.because("'" + field + "' breaks a rule: " + e.violation().rule().text())
                    .with("field", field)
                    .with(e.violation());
        } catch (IllegalArgumentException e) {
            throw ProblemType.MALFORMED.because("'" + field + "' has another form: " + e.getMessage())
                    .with("field", field);
        }
    }
}
