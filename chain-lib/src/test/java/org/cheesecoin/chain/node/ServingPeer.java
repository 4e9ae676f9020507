package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/** A peer that answers every question for headers and cheeses out of a world, which may be changed on the way. */
final class ServingPeer {

    final TestPeer peer;
    private final Map<Smell, Integer> heights = new HashMap<>();
    private TestWorld world;
    boolean servesCheeses = true;
    int headersAnswered;

    /** A peer with this key that says it has the work of this world. */
    ServingPeer(NodeBench bench, int key, TestWorld world) {
        this.peer = bench.stranger(key);
        peer.work = world.tip().totalWork().hashes();
        peer.height = world.tip().height();
        serveFrom(world);
    }

    void serveFrom(TestWorld other) {
        world = other;
        heights.clear();
        List<Cheese> cheeses = other.cheeses();
        for (int height = 0; height < cheeses.size(); height++) {
            heights.put(cheeses.get(height).smell(), height);
        }
    }

    /** The handshake, and all that follows; answers everything that the node wanted done. */
    List<Output> join() {
        return answer(peer.join());
    }

    /** Tells of these headers; answers everything that the node wanted done then. */
    List<Output> announce(List<Cheese> cheeses) {
        return answer(peer.say(new Message.Headers(cheeses.stream().map(Cheese::header).toList())));
    }

    /** Answers the questions in these outputs, those that the answers lead to, and so on. */
    List<Output> answer(List<Output> outputs) {
        List<Output> all = new ArrayList<>(outputs);
        Deque<Message> heard = new ArrayDeque<>(peer.heard(outputs));
        while (!heard.isEmpty()) {
            List<Output> next = answer(heard.remove());
            all.addAll(next);
            heard.addAll(peer.heard(next));
        }
        return all;
    }

    private List<Output> answer(Message message) {
        List<Output> outputs = new ArrayList<>();
        if (message instanceof Message.GetHeaders(List<Smell> locator)) {
            headersAnswered++;
            outputs.addAll(peer.say(headersAbove(locator)));
        } else if (message instanceof Message.GetCheeses(List<Smell> smells) && servesCheeses) {
            smells.forEach(smell -> outputs.addAll(
                    peer.say(new Message.CheeseBody(world.cheese(heights.get(smell))))));
        }
        return outputs;
    }

    private Message.Headers headersAbove(List<Smell> locator) {
        int from = 1 + locator.stream().filter(heights::containsKey).findFirst().map(heights::get).orElse(0);
        int to = Math.min(from + WireLimits.MAX_HEADERS, world.cheeses().size());
        return new Message.Headers(world.cheeses().subList(from, to).stream().map(Cheese::header).toList());
    }
}
