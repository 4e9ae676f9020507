package org.cheesecoin.benchmarks.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.cheesecoin.benchmarks.Folders;
import org.cheesecoin.benchmarks.Ledger;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Network;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Data folders of members with a stack, built once by feeding a real member and kept. */
final class Stacks {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FEED_SECONDS = 900;
    private static final String MEMBER = "member";

    private final Path folder;
    private final MemberProcess.Program builder;

    Stacks(Path folder, MemberProcess.Program builder) {
        this.folder = folder;
        this.builder = builder;
    }

    /**
     * A stack on disk.
     *
     * @param data the data folder of a member that has it; copy it before use
     * @param network the network's file
     * @param height of its tip
     */
    record Stack(Path data, Path network, int height) {

        /** A copy of the data folder at this place, whatever was there before. */
        Path copyTo(Path place) throws IOException {
            Folders.delete(place);
            Folders.copy(data, place);
            return place;
        }
    }

    /** The stack of so many payments, so many in each cheese; the rest that does not fill a cheese is left out. */
    Stack of(int payments, int paymentsEach) throws IOException, InterruptedException {
        int height = payments / paymentsEach;
        Path place = folder.resolve("stack-" + payments + "-" + paymentsEach);
        Stack stack = new Stack(place.resolve(MEMBER), place.resolve("network.json"), height);
        if (!Files.exists(place)) {
            Path building = folder.resolve("building");
            Folders.delete(building);
            Files.createDirectories(building);
            build(building, height, paymentsEach);
            Files.move(building, place);
        }
        return stack;
    }

    private void build(Path place, int height, int paymentsEach) throws IOException, InterruptedException {
        Ledger ledger = new Ledger();
        Path network = place.resolve("network.json");
        write(ledger.network(), network);
        FrozenStore store = new FrozenStore(ledger.network());
        for (int i = 0; i < height; i++) {
            store.add(ledger.mine(paymentsEach));
        }
        Path data = place.resolve(MEMBER);
        try (MemberProcess member = MemberProcess.start(builder, data, network, List.of())) {
            member.awaitReady(120);
            try (Feeder feeder = new Feeder(ledger.network(), store, member.gossipUrl())) {
                feeder.start();
                if (height > 0) {
                    member.awaitTip(height, FEED_SECONDS);
                    member.awaitIdle(FEED_SECONDS);
                }
            }
        }
    }

    /** The test preset with the Blue Cheese of this network. */
    private static void write(Network network, Path file) {
        ObjectNode json = JSON.createObjectNode();
        json.put("base", "test").put("name", network.parameters().name());
        ArrayNode allocations = json.putArray("allocations");
        for (TransactionOutput output : network.parameters().allocations()) {
            allocations.addObject()
                    .put("address", output.address().toString())
                    .put("amountCrumbs", output.amount().crumbs());
        }
        JSON.writeValue(file.toFile(), json);
    }
}
