package org.cheesecoin.member.web;

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
        boolean isOpen = AnnotatedElementUtils.hasAnnotation(operation.getMethod(), Open.class);
        boolean isOwnerOnly = AnnotatedElementUtils.hasAnnotation(operation.getMethod(), OwnerOnly.class);
        if (!isOpen && !isOwnerOnly) {
            isOpen = AnnotatedElementUtils.hasAnnotation(operation.getBeanType(), Open.class);
            isOwnerOnly = AnnotatedElementUtils.hasAnnotation(operation.getBeanType(), OwnerOnly.class);
        }
        if (isOpen == isOwnerOnly) {
            return Mark.NONE;
        }
        return isOpen ? Mark.OPEN : Mark.OWNER_ONLY;
    }
}
