package org.cheesecoin.benchmarks.whole;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Memory;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.StoreAnswers;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.jspecify.annotations.Nullable;

/** A member without a disk: dials one member and gives it a stack. */
final class Feeder implements AutoCloseable {

    private static final LinkId LINK = new LinkId(1);
    private static final int NODE_KEY = 1_000_000;

    private final FrozenStore store;
    private final Node node;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final GossipUrl url;
    private Optional<WebSocket> socket = Optional.empty();

    Feeder(Network network, FrozenStore store, String gossipUrl) {
        this.store = store;
        this.url = new GossipUrl(gossipUrl);
        NodeConfig config = new NodeConfig(
                network,
                TestKeys.SCHEME,
                TestKeys.key(NODE_KEY).privateKey(),
                Optional.empty(),
                List.of(),
                NodeLimits.defaults(),
                MempoolLimits.DEFAULT,
                StackLimits.DEFAULT);
        this.node = new Node(config, store, Memory.EMPTY, new SplittableRandom(1), _ -> {}, now());
    }

    void start() {
        WebSocket opened = client.newWebSocketBuilder().buildAsync(URI.create(url.text()), new Listener()).join();
        socket = Optional.of(opened);
        handle(new Input.LinkOpened(LINK, url.host().text(), Optional.of(url)));
        loop.scheduleAtFixedRate(() -> perform(new Input.Tick()), 0, NodeLimits.TICK_MILLIS, TimeUnit.MILLISECONDS);
        opened.request(1);
    }

    private void handle(Input input) {
        loop.execute(() -> perform(input));
    }

    private void perform(Input input) {
        for (Output output : node.handle(input, now()).outputs()) {
            switch (output) {
                case Output.Send(LinkId _, Message message) -> send(message);
                case Output.Answer(LinkId _, Message message) -> {
                    send(message);
                    sent();
                }
                case Output.Serve(LinkId _, Question question) -> serve(question);
                default -> {}
            }
        }
    }

    private void serve(Question question) {
        sender.execute(() -> StoreAnswers.to(question, store).orElseThrow().forEach(this::sendNow));
        sent();
    }

    private void sent() {
        sender.execute(() -> handle(new Input.AnswerSent(LINK)));
    }

    private void send(Message message) {
        sender.execute(() -> sendNow(message));
    }

    private void sendNow(Message message) {
        socket.ifPresent(it -> it.sendBinary(ByteBuffer.wrap(MessageCodec.encode(message)), true).join());
    }

    private static Moment now() {
        return Moment.of(System.currentTimeMillis());
    }

    @Override
    public void close() {
        loop.shutdownNow();
        sender.shutdownNow();
        client.shutdownNow();
    }

    /** Puts frames together and hands them in. */
    private final class Listener implements WebSocket.Listener {

        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public void onOpen(WebSocket webSocket) {
            // The first frame is asked for when the node knows of the link.
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) {
                byte[] frame = parts.toByteArray();
                parts.reset();
                Message message = MessageCodec.decode(frame).orElseThrow();
                handle(new Input.MessageReceived(LINK, message, frame.length));
            }
            webSocket.request(1);
            return null;
        }
    }
}
