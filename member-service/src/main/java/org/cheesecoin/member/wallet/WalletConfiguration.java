package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The wallet's parts. */
@Configuration(proxyBeanMethods = false)
class WalletConfiguration {

    @Bean
    WalletTables walletTables(JdbcTemplate jdbc) {
        return new WalletTables(jdbc);
    }

    @Bean
    WalletSecret walletSecret(
            DataFolder folder, MemberProperties properties, WalletTables tables, SignatureScheme signatures) {
        return WalletSecret.of(folder, properties.wallet(), tables.firstAddress(), signatures);
    }

    @Bean(destroyMethod = "close")
    WalletJournal walletJournal(DataFolder folder) {
        WalletJournal journal = WalletJournal.in(folder.path());
        journal.requireUsable();
        return journal;
    }

    @Bean
    WalletKeeper walletKeeper(
            Network network,
            SignatureScheme signatures,
            WalletSecret secret,
            WalletTables tables,
            WalletJournal journal,
            MemberDatabase database,
            CheeseReader cheeses,
            Mailbox mailbox) {
        WalletKeeper.Origin origin = secret.isFromOwner() ? WalletKeeper.Origin.OWNER : WalletKeeper.Origin.MADE;
        return new WalletKeeper(network, signatures, secret.keys(signatures), origin,
                new WalletKeeper.Memory(tables, journal, database::wentBack), cheeses::cheese, mailbox::call);
    }

    @Bean
    WalletService walletService(
            WalletKeeper keeper,
            WalletTables tables,
            WalletSecret secret,
            SignatureScheme signatures,
            Mailbox mailbox) {
        return new WalletService(keeper, tables, secret, signatures, mailbox);
    }

    @Bean
    WalletDrafts walletDrafts(
            WalletKeeper keeper,
            Network network,
            SignatureScheme signatures,
            CheeseReader cheeses,
            Mailbox mailbox) {
        return new WalletDrafts(keeper, network, signatures, cheeses::cheese, mailbox);
    }
}
