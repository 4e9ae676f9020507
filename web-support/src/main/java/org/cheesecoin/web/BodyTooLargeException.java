package org.cheesecoin.web;

import java.io.IOException;

/** A request's body is longer than the member reads. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int maxBodyBytes) {
        super("the body is longer than %d bytes".formatted(maxBodyBytes));
    }
}
