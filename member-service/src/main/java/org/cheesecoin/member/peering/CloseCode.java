package org.cheesecoin.member.peering;

/** Why a WebSocket is closed (RFC 6455, 7.4.1, and the registry of IANA). */
final class CloseCode {

    /** All was said. */
    static final int NORMAL = 1000;
    /** This member stops, or its loop starts anew. */
    static final int GOING_AWAY = 1001;
    /** The bytes are no frame. */
    static final int PROTOCOL_ERROR = 1002;
    /** Text, where only binary messages are spoken. */
    static final int NOT_ACCEPTABLE = 1003;
    /** The other end gave no reason; never sent. */
    static final int NONE = 1005;
    /** What is called text is no UTF-8. */
    static final int NOT_UTF_8 = 1007;
    /** A rule of the protocol is broken; the text says which. */
    static final int POLICY_VIOLATION = 1008;
    /** There is no place. */
    static final int TRY_AGAIN_LATER = 1013;

    private static final int LARGEST_OF_PROTOCOL = 1014;
    private static final int LEAST_OF_LIBRARIES = 3000;
    private static final int LARGEST_PRIVATE = 4999;

    private CloseCode() {}

    /** Whether a close frame may carry this. */
    static boolean maySend(int code) {
        return switch (code) {
            case 1004, NONE, 1006 -> false;
            default -> code >= NORMAL && code <= LARGEST_OF_PROTOCOL
                    || code >= LEAST_OF_LIBRARIES && code <= LARGEST_PRIVATE;
        };
    }
}
