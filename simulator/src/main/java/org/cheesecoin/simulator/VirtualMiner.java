package org.cheesecoin.simulator;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.node.Input;

/**
 * Finds cheeses as a Poisson process in virtual time: the time until the next one follows from the hash rate and the
 * target, which eases while it waits. The nonce is then searched for real, so the target must be easy.
 */
final class VirtualMiner {

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 600_000;

    private final Cluster cluster;
    private final SimulatedMember member;
    private final RandomGenerator random;
    private double hashesPerSecond;
    private long plan;

    VirtualMiner(Cluster cluster, SimulatedMember member, RandomGenerator random) {
        this.cluster = cluster;
        this.member = member;
        this.random = random;
    }

    void setHashesPerSecond(double newHashesPerSecond) {
        hashesPerSecond = newHashesPerSecond;
        replan();
    }

    /** Draws anew when it will find something: waiting has no memory, so that this changes no odds. */
    void replan() {
        plan++;
        if (hashesPerSecond <= 0 || !member.isRunning()) {
            return;
        }
        long thisPlan = plan;
        long waitMillis = waitMillis(member.node().stack().tip());
        boolean finds = waitMillis < LOOK_AGAIN_MILLIS;
        cluster.queue().after(Math.min(waitMillis, LOOK_AGAIN_MILLIS), () -> {
            if (thisPlan == plan && member.isRunning()) {
                if (finds) {
                    mine();
                }
                replan();
            }
        });
    }

    private long waitMillis(StackedHeader tip) {
        var parameters = cluster.settings().network().parameters();
        long easingMillis = Difficulty.EASING_SPACINGS * parameters.spacingMillis();
        double hashesLeft = -Math.log(1 - random.nextDouble());
        long waited = 0;
        while (waited < LOOK_AGAIN_MILLIS) {
            long timeMillis = Math.max(member.clockMillis() + waited, tip.header().timeMillis() + 1);
            long untilEased = easingMillis - (timeMillis - tip.header().timeMillis()) % easingMillis;
            double work = Difficulty.targetAbove(tip, timeMillis, parameters).work().hashes().doubleValue();
            double perMilli = hashesPerSecond / MILLIS_PER_SECOND / work;
            if (hashesLeft <= perMilli * untilEased) {
                return waited + (long) (hashesLeft / perMilli) + 1;
            }
            hashesLeft -= perMilli * untilEased;
            waited += untilEased;
        }
        return waited;
    }

    /** Finds a cheese now, whatever the odds. */
    void mine() {
        CheeseTemplate template = member.node().template();
        byte[] text = ("member " + member.index() + ", " + random.nextInt()).getBytes(StandardCharsets.UTF_8);
        Cheese cheese = template.cheese(cluster.purse(member.index()).address(), text, member.clockMillis());
        member.handle(new Input.CheeseMined(new Cheese(search(cheese.header()), cheese.transactions())));
    }

    /** The same header with the first nonce that meets its target. */
    static CheeseHeader search(CheeseHeader header) {
        Target target = Target.ofCompact(header.compactTarget());
        var bound = target.bound();
        CheeseHeader tried = header.withNonce(0);
        while (tried.smell().hash().compareTo(bound) > 0) {
            tried = tried.withNonce(tried.nonce() + 1);
        }
        return tried;
    }
}
