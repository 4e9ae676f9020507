package org.cheesecoin.web;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.web.guard.GuardedSocket;
import org.cheesecoin.web.guard.GuardedSocket.Ended;
import org.cheesecoin.web.guard.Shares.Taken;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Reads a body to its end before anybody works on the call: within its length and its time, into memory that is taken as
 * the bytes come and counted for whoever sends them.
 */
final class BodyFilter extends OncePerRequestFilter {

    /** What is taken first; a payment fits. Each further piece is as long as all before it, up to the longest one. */
    private static final int FIRST_PIECE_BYTES = 2_048;
    private static final int MAX_PIECE_BYTES = 64 * 1_024;
    private static final String RETRY_AFTER_SECONDS = "2";

    private final int maxBodyBytes;
    private final ProblemWriter writer;

    BodyFilter(int maxBodyBytes, ProblemWriter writer) {
        this.maxBodyBytes = maxBodyBytes;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!hasBody) {
            chain.doFilter(request, response);
            return;
        }
        var body = new Body(GuardedSocket.current());
        try {
            body.read(request);
            chain.doFilter(new ReadRequest(request, body), response);
        } catch (BodyRefusedException e) {
            ProblemDocument document = e.document().withHeader(HttpHeaders.CONNECTION, "close");
            // the container has made its own refusal where reading failed, and lets nothing else through
            request.setAttribute(ProblemReportValve.DOCUMENT, document);
            writer.write(document, request, response);
        } finally {
            body.giveBack();
        }
    }

    /** What was read of a body, and what it takes of the account. */
    private final class Body {

        private final Optional<GuardedSocket> socket;
        private final List<InputStream> pieces = new ArrayList<>();
        private long takenBytes;
        private long readBytes;

        Body(Optional<GuardedSocket> socket) {
            this.socket = socket;
        }

        void read(HttpServletRequest request) throws IOException {
            if (request.getContentLengthLong() > maxBodyBytes) {
                throw BodyRefusedException.tooLarge(maxBodyBytes);
            }
            socket.ifPresent(it -> it.awaitBody(request.getContentLengthLong(), maxBodyBytes));
            try {
                readPieces(request.getInputStream());
            } catch (BodyRefusedException e) {
                throw e;
            } catch (IOException | IllegalStateException e) {
                socket.ifPresent(GuardedSocket::bodyBroken);
                throw refused(e);
            } finally {
                socket.ifPresent(GuardedSocket::bodyDone);
            }
        }

        private void readPieces(ServletInputStream stream) throws IOException {
            byte[] piece = piece();
            int filled = 0;
            for (int count = stream.read(piece); count
                    >= 0; count = stream.read(piece, filled, piece.length - filled)) {
                filled += count;
                readBytes += count;
                if (readBytes > maxBodyBytes) {
                    throw BodyRefusedException.tooLarge(maxBodyBytes);
                }
                if (filled == piece.length) {
                    pieces.add(new ByteArrayInputStream(piece));
                    piece = piece();
                    filled = 0;
                }
            }
            pieces.add(new ByteArrayInputStream(piece, 0, filled));
        }

        private byte[] piece() throws BodyRefusedException {
            int bytes = (int) Math.clamp(readBytes, FIRST_PIECE_BYTES, MAX_PIECE_BYTES);
            if (socket.isPresent() && socket.get().takeBodyBytes(bytes) != Taken.YES) {
                throw noRoom("There is no room for this body now");
            }
            takenBytes += bytes;
            return new byte[bytes];
        }

        private BodyRefusedException refused(Exception cause) {
            Optional<Ended> ended = socket.flatMap(GuardedSocket::ended);
            if (ended.isEmpty()) {
                return new BodyRefusedException(
                        ProblemDocument.of(Problem.MALFORMED_REQUEST, "The body cannot be read to its end"), cause);
            }
            return switch (ended.get()) {
                case TOO_SLOW -> new BodyRefusedException(ProblemDocument.of(Problem.REQUEST_TIMEOUT,
                        "The body did not come in time"), cause);
                case CROWDED_OUT -> noRoom("Other bodies are waited for, and this one was waited for longest");
            };
        }

        private static BodyRefusedException noRoom(String detail) {
            return new BodyRefusedException(ProblemDocument.of(Problem.NOT_READY, detail)
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
        }

        InputStream stream() {
            return new SequenceInputStream(Collections.enumeration(pieces));
        }

        void giveBack() {
            socket.ifPresent(it -> it.giveBodyBytes(takenBytes));
        }
    }

    /** The call with its body as it was read. */
    private static final class ReadRequest extends HttpServletRequestWrapper {

        private final ServletInputStream stream;

        ReadRequest(HttpServletRequest request, Body body) {
            super(request);
            this.stream = new ReadStream(body.stream());
        }

        @Override
        public ServletInputStream getInputStream() {
            return stream;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
    }

    private static final class ReadStream extends ServletInputStream {

        private final InputStream stream;
        private State state = State.OPEN;

        private enum State {
            OPEN, FINISHED
        }

        ReadStream(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            return seen(stream.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return seen(stream.read(target, offset, length));
        }

        private int seen(int result) {
            if (result < 0) {
                state = State.FINISHED;
            }
            return result;
        }

        @Override
        public boolean isFinished() {
            return state == State.FINISHED;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("calls are not asynchronous here");
        }
    }
}
