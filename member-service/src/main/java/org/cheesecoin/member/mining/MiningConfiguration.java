package org.cheesecoin.member.mining;

import java.security.SecureRandom;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters.Retargeting;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.wallet.WalletService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The miner as the settings want it. */
@Configuration(proxyBeanMethods = false)
class MiningConfiguration {

    /** An address from the settings; without one, the wallet's. */
    @Bean
    PayTo payTo(MemberProperties properties, WalletService wallet) {
        Optional<Address> chosen = properties.mining().payToAddress();
        // Asked each time: words that are restored bring another wallet.
        return () -> chosen.orElseGet(wallet::payoutAddress);
    }

    @Bean
    Miner miner(Mailbox mailbox, HandIn handIn, PayTo payTo, MemberProperties properties, Network network,
            MemberClock clock) {
        MiningOrder order = new MiningOrder(
                properties.mining().enabled() && mayFollowSchedule(network)
                        ? MiningOrder.Schedule.ON
                        : MiningOrder.Schedule.OFF,
                properties.mining().hashesPerSecond());
        return new Miner(mailbox, handIn, payTo, order, clock, new SecureRandom());
    }

    /** With a trivial target that stays, a schedule would make cheeses as fast as it ticks. */
    static boolean mayFollowSchedule(Network network) {
        return network.parameters().retargeting() == Retargeting.STEPWISE;
    }
}
