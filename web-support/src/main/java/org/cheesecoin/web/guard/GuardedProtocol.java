package org.cheesecoin.web.guard;

import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** HTTP/1.1 of Tomcat's, on an account. Tomcat makes one by its class name. */
public final class GuardedProtocol extends Http11NioProtocol {

    /** What the response's head may take: problem documents and contracts have less than 1 KB. */
    private static final int MAX_RESPONSE_HEAD_BYTES = 4_096;
    /** Nobody here reads trailers; this much is read over. So small that they never fill the table of headers. */
    private static final int MAX_TRAILER_BYTES = 64;
    /** An extension of a chunk says nothing here either. */
    private static final int MAX_EXTENSION_BYTES = 256;
    /** What is read over of a body that was refused, so that its sender reads the refusal rather than a reset. */
    private static final int MAX_SWALLOW_BYTES = 64 * 1_024;
    /** Buffers of a connection at work, and of an answer. */
    private static final int BUFFER_BYTES = 4_096;
    private static final int SWEEP_MILLIS = 500;

    private final GuardedEndpoint endpoint;
    private @Nullable ScheduledFuture<?> sweeper;

    /** As Tomcat makes it; {@link #guardedBy} before it starts. */
    public GuardedProtocol() {
        this(new GuardedEndpoint());
    }

    private GuardedProtocol(GuardedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Puts the first connector of a server on this account. */
    public static void guard(TomcatServletWebServerFactory factory, Account account) {
        factory.setProtocol(GuardedProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof GuardedProtocol protocol) {
                protocol.guardedBy(account);
            }
        });
    }

    /** A connector beside a server's first one, on its account. */
    public static Connector connector(Account account) {
        GuardedProtocol protocol = new GuardedProtocol();
        protocol.guardedBy(account);
        protocol.setExecutor(new VirtualThreadExecutor("tomcat-handler-"));
        return new Connector(protocol);
    }

    /** Puts it on this account. */
    public void guardedBy(Account account) {
        endpoint.guardedBy(account);
    }

    /** Sets what follows from the account last, so that it wins over whatever a framework or an owner set. */
    @Override
    public void init() throws Exception {
        GuardLimits limits = endpoint.account().limits();
        setConnectionTimeout(limits.headMillis());
        setKeepAliveTimeout(limits.idleMillis());
        // the account counts them by address, and refuses where this one would keep everybody waiting
        setMaxConnections(-1);
        setMaxHttpResponseHeaderSize(MAX_RESPONSE_HEAD_BYTES);
        setMaxTrailerSize(MAX_TRAILER_BYTES);
        setMaxExtensionSize(MAX_EXTENSION_BYTES);
        setMaxSwallowSize(MAX_SWALLOW_BYTES);
        setProcessorCache(GuardLimits.SPARE_PARSERS);
        endpoint.getSocketProperties().setAppReadBufSize(BUFFER_BYTES);
        endpoint.getSocketProperties().setAppWriteBufSize(BUFFER_BYTES);
        endpoint.getSocketProperties().setBufferPool(0);
        endpoint.getSocketProperties().setProcessorCache(0);
        super.init();
    }

    @Override
    public int getDesiredBufferSize() {
        return BUFFER_BYTES;
    }

    @Override
    public void start() throws Exception {
        super.start();
        sweeper = getUtilityExecutor().scheduleWithFixedDelay(
                endpoint::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (sweeper != null) {
            sweeper.cancel(false);
        }
        super.stop();
    }

    @Override
    protected Processor createProcessor() {
        return new GuardedProcessor(this);
    }

    @Override
    protected Processor createUpgradeProcessor(SocketWrapperBase<?> socket, UpgradeToken upgradeToken) {
        ((GuardedSocket) socket).upgraded();
        return super.createUpgradeProcessor(socket, upgradeToken);
    }

    /** Tells the connection's account what goes on on it. */
    private static final class GuardedProcessor extends Http11Processor {

        GuardedProcessor(GuardedProtocol protocol) {
            super(protocol, new AnswerWatch(protocol.getAdapter()));
        }

        @Override
        public SocketState process(SocketWrapperBase<?> wrapper, SocketEvent status) throws IOException {
            GuardedSocket socket = (GuardedSocket) wrapper;
            if (!isAsync()) {
                socket.callBegins();
            }
            SocketState state = GuardedSocket.as(socket)
                    .call((ScopedValue.CallableOp<SocketState, IOException>) () -> super.process(wrapper, status));
            switch (state) {
                case OPEN -> socket.idleAgain();
                case LONG -> {
                    if (isAsync()) {
                        socket.callWaits();
                    } else {
                        socket.headUnfinished();
                    }
                }
                default -> {}
            }
            return state;
        }
    }

    /** Tells the connection when a call on it is answered. */
    private record AnswerWatch(Adapter adapter) implements Adapter {

        @Override
        public void service(Request request, Response response) throws Exception {
            try {
                adapter.service(request, response);
            } finally {
                GuardedSocket socket = GuardedSocket.current().orElseThrow();
                socket.answered();
                socket.shareTurn();
                if (socket.isBodyBroken()) {
                    request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                }
            }
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return adapter.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return adapter.asyncDispatch(request, response, status);
        }

        @Override
        public void log(Request request, Response response, long time) {
            adapter.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            adapter.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return adapter.getDomain();
        }
    }
}
