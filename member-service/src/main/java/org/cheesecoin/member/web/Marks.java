package org.cheesecoin.member.web;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Reads who may call an operation. */
public final class Marks {

    private Marks() {}

    /** Who may call an operation. */
    public enum Mark {
        /** Anybody. */
        OPEN,
        /** Who shows the owner's token. */
        OWNER_ONLY,
        /** Nobody: it carries no mark, or both. */
        NONE
    }

    /** The mark of this operation: its method's, else its class's. */
    public static Mark of(HandlerMethod operation) {
        return of(operation.getMethod(), operation.getBeanType());
    }

    /** The mark of a method of this controller. */
    public static Mark of(Method method, Class<?> controller) {
        Mark own = markOn(method);
        boolean isSilent = own == Mark.NONE && !AnnotatedElementUtils.hasAnnotation(method, Open.class);
        return isSilent ? markOn(controller) : own;
    }

    private static Mark markOn(AnnotatedElement element) {
        boolean isOpen = AnnotatedElementUtils.hasAnnotation(element, Open.class);
        boolean isOwnerOnly = AnnotatedElementUtils.hasAnnotation(element, OwnerOnly.class);
        if (isOpen == isOwnerOnly) {
            return Mark.NONE;
        }
        return isOpen ? Mark.OPEN : Mark.OWNER_ONLY;
    }
}
