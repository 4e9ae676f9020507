package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.settings.BadSetting;
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
    WalletSecret walletSecret(DataFolder folder, MemberProperties properties, WalletTables tables) {
        if (tables.firstAddress().isPresent() && WalletSecret.presence(folder) == WalletSecret.Presence.NEW) {
            throw BadSetting.of("file " + folder.resolve(WalletSecret.KEY_FILE), "missing",
                    "there: this database has a wallet, and new keys could not spend its coins");
        }
        return WalletSecret.of(folder, properties.wallet());
    }

    @Bean
    WalletKeeper walletKeeper(
            Network network,
            SignatureScheme signatures,
            WalletSecret secret,
            DataFolder folder,
            WalletTables tables,
            CheeseReader cheeses,
            Mailbox mailbox) {
        KeyChain keys = secret.keys(signatures);
        Address first = keys.key(Branch.RECEIVE, 0).address();
        if (!tables.firstAddress().orElse(first).equals(first)) {
            throw BadSetting.ofSecret("file " + folder.resolve(WalletSecret.KEY_FILE),
                    "the one of the wallet in this database");
        }
        return new WalletKeeper(network, signatures, keys, tables, cheeses::cheese, mailbox::call);
    }

    @Bean
    WalletService walletService(
            WalletKeeper keeper, WalletTables tables, WalletSecret secret, Mailbox mailbox) {
        return new WalletService(keeper, tables, secret, mailbox);
    }
}
