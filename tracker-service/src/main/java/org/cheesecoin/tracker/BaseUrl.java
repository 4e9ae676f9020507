package org.cheesecoin.tracker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

import org.cheesecoin.chain.wire.TrackerUrl;
import org.jspecify.annotations.Nullable;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;

/** A base URL that members take for a tracker's too: see {@link TrackerUrl}. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = BaseUrl.Check.class)
@interface BaseUrl {

    /** What is said where nothing more is known. */
    String message() default "must be " + TrackerUrl.FORM;

    /** As every constraint has them. */
    Class<?>[] groups() default {};

    /** As every constraint has it. */
    Class<? extends Payload>[] payload() default {};

    /** Says which rule of a host or a URL is broken. */
    final class Check implements ConstraintValidator<BaseUrl, String> {

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            Optional<String> fault = Optional.ofNullable(value).flatMap(TrackerUrl::faultOf);
            fault.ifPresent(reason -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate("must be " + TrackerUrl.FORM + " (" + reason + ")")
                        .addConstraintViolation();
            });
            return fault.isEmpty();
        }
    }
}
