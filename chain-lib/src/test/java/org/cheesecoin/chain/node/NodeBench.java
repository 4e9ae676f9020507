package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.StoreAnswers;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;

/** One real node under test. Tests speak to it as peers do, in frames; checks are done at once, as its driver would. */
final class NodeBench {

    /** When a bench begins: a day after the test network's Blue Cheese. */
    static final long START_MILLIS = TestWorld.fresh().network().parameters().blueTimeMillis() + 86_400_000;

    private static final TestKey NODE_KEY = TestKeys.key(9_000);

    final Network network;
    final MemoryCheeseStore store;
    final NodeConfig config;
    final Node node;
    final List<Change> changes = new ArrayList<>();
    final List<Output> outputs = new ArrayList<>();
    long nowMillis = START_MILLIS;
    /** How far the machine's clock is set ahead of the time that passes. */
    long clockAheadMillis;
    boolean checksByHand;
    /** Peers read nothing: each answer stays open until the test hands in that it was sent. */
    boolean readsByHand;
    private long lastLink;
    private final Deque<Input> done = new ArrayDeque<>();

    private NodeBench(Network network, MemoryCheeseStore store, NodeLimits limits, Memory memory, TestKey key) {
        this.network = network;
        this.store = store;
        this.config = new NodeConfig(
                network,
                TestKeys.SCHEME,
                key.privateKey(),
                Optional.of(new GossipUrl("ws://me:9000/gossip")),
                List.of(),
                limits,
                MempoolLimits.DEFAULT,
                StackLimits.DEFAULT);
        this.node = new Node(config, store, memory, new SplittableRandom(1), this::write, Moment.of(nowMillis));
    }

    /** A node with an empty stack of this network. */
    static NodeBench on(Network network) {
        return with(network, NodeLimits.defaults());
    }

    static NodeBench with(Network network, NodeLimits limits) {
        return new NodeBench(network, new MemoryCheeseStore(network), limits, Memory.EMPTY, NODE_KEY);
    }

    /** A node with these limits that mined all cheeses of this world itself. */
    static NodeBench in(TestWorld world, NodeLimits limits) {
        NodeBench bench = with(world.network(), limits);
        world.cheeses().stream().skip(1).forEach(cheese -> bench.handle(new Input.CheeseMined(cheese)));
        bench.outputs.clear();
        return bench;
    }

    static NodeBench of(Network network, NodeLimits limits, Memory memory) {
        return new NodeBench(network, new MemoryCheeseStore(network), limits, memory, NODE_KEY);
    }

    /** A node with another key. */
    static NodeBench keyed(Network network, TestKey key) {
        return new NodeBench(
                network, new MemoryCheeseStore(network), NodeLimits.defaults(), Memory.EMPTY, key);
    }

    /** A node that mined all cheeses of this world itself. */
    static NodeBench in(TestWorld world) {
        return in(world, NodeLimits.defaults());
    }

    NodeId id() {
        return new NodeId(TestKeys.SCHEME.publicKey(config.nodeKey()));
    }

    private void write(List<Change> written) {
        for (Change change : written) {
            changes.add(change);
            if (change instanceof Change.OfStack(var step)) {
                store.write(step);
            }
        }
    }

    /** Hands in one input, and does the checks that it asks for; answers what else it wants done. */
    List<Output> handle(Input input) {
        List<Output> wanted = new ArrayList<>();
        done.add(input);
        while (!done.isEmpty()) {
            Step step = node.handle(done.remove(), new Moment(nowMillis + clockAheadMillis, nowMillis));
            write(step.changes());
            for (Output output : step.outputs()) {
                wanted.add(output);
                wanted.addAll(served(output));
            }
            if (!checksByHand) {
                step.outputs().forEach(this::check);
            }
        }
        outputs.addAll(wanted);
        return wanted;
    }

    /** Does one check that was left to the test. */
    List<Output> doCheck(Output wanted) {
        check(wanted);
        return handle(done.remove());
    }

    /** Reads what the driver would read; answers what it would send. */
    private List<Output> served(Output output) {
        List<Output> sends = new ArrayList<>();
        if (output instanceof Output.Serve(LinkId link, Question question)) {
            switch (StoreAnswers.to(question, store)) {
                case Outcome.Passed<List<Message>>(List<Message> answers) ->
                        answers.forEach(answer -> sends.add(new Output.Send(link, answer)));
                case Outcome.Refused<List<Message>>(Violation violation) ->
                        done.add(new Input.FrameRefused(link, violation));
            }
            takeAnswer(link);
        } else if (output instanceof Output.Answer(LinkId link, Message _)) {
            takeAnswer(link);
        }
        return sends;
    }

    private void takeAnswer(LinkId link) {
        if (!readsByHand) {
            done.add(new Input.AnswerSent(link));
        }
    }

    private void check(Output output) {
        if (output instanceof Output.CheckCheese(Cheese cheese, var already)) {
            done.add(new Input.CheeseChecked(
                    cheese.smell(),
                    CheeseRules.standAlone(cheese, network.id(), TestKeys.SCHEME, already::contains)));
        } else if (output instanceof Output.CheckTransaction(Payment payment)) {
            done.add(new Input.TransactionChecked(
                    payment.fullId(), TransactionRules.standAlone(payment, network.id(), TestKeys.SCHEME)));
        }
    }

    /** Time passes, with a tick at its end. */
    List<Output> pass(long millis) {
        nowMillis += millis;
        return handle(new Input.Tick());
    }

    LinkId nextLink() {
        return new LinkId(++lastLink);
    }

    /** A peer with this key whose handshake is complete. */
    TestPeer peer(int key) {
        TestPeer peer = new TestPeer(this, TestKeys.key(key));
        peer.join();
        return peer;
    }

    /** A stranger who has opened a connection and said nothing. */
    TestPeer stranger(int key) {
        return new TestPeer(this, TestKeys.key(key));
    }

    /** A frame comes in, well-formed or not. */
    List<Output> frame(LinkId link, byte[] frame) {
        return handle(switch (MessageCodec.decode(frame)) {
            case Outcome.Passed<Message>(Message message) -> new Input.MessageReceived(link, message, frame.length);
            case Outcome.Refused<Message>(Violation violation) -> new Input.FrameRefused(link, violation);
        });
    }

    static List<Message> sent(List<Output> outputs, LinkId link) {
        return outputs.stream()
                .flatMap(output -> switch (output) {
                    case Output.Send(LinkId to, Message message) when to.equals(link) -> Stream.of(message);
                    case Output.Answer(LinkId to, Message message) when to.equals(link) -> Stream.of(message);
                    default -> Stream.empty();
                })
                .toList();
    }

    static <T> List<T> only(List<?> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The rules for which this link was closed. */
    static List<Rule> closed(List<Output> outputs, LinkId link) {
        return only(outputs, Output.Disconnect.class).stream()
                .filter(close -> close.link().equals(link))
                .map(close -> close.reason().rule())
                .toList();
    }
}
