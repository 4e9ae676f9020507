package org.cheesecoin.member.settings;

import javax.sql.DataSource;

import org.cheesecoin.chain.consensus.Network;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every other room may ask for: the settings, the folder, the network. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MemberProperties.class)
public class SettingsConfiguration {

    @Bean
    DataFolder dataFolder(MemberProperties properties) {
        return DataFolder.open(properties.data());
    }

    @Bean
    Network network(MemberProperties properties) {
        return NetworkFile.load(properties.network());
    }

    /** The folder's lock is taken before a database in it is opened. */
    @Bean
    static DatabaseAfterFolder databaseAfterFolder() {
        return new DatabaseAfterFolder();
    }

    static final class DatabaseAfterFolder extends AbstractDependsOnBeanFactoryPostProcessor {

        DatabaseAfterFolder() {
            super(DataSource.class, DataFolder.class);
        }
    }
}
