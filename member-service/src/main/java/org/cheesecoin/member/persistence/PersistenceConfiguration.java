package org.cheesecoin.member.persistence;

import java.time.Duration;

import javax.sql.DataSource;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The database in the data folder, or the one that {@code spring.datasource.url} names. It has the newest schema before
 * anybody gets it. JPA takes the readers' connections; the loop opens its store from {@link MemberDatabase}.
 */
@Configuration(proxyBeanMethods = false)
class PersistenceConfiguration {

    private static final Duration INDEX_PAUSE = Duration.ofSeconds(1);
    /** Renewed by each cheese on the way; where they stop coming, the index goes on. */
    private static final Duration INDEX_GIVES_WAY = Duration.ofSeconds(2);

    @Bean
    MemberDatabase memberDatabase(DataFolder folder, Environment environment) {
        String url = environment.getProperty("spring.datasource.url", "").strip();
        if (url.isEmpty()) {
            return MemberDatabase.inFolder(folder.path());
        }
        return MemberDatabase.at(url, environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""), folder.path());
    }

    @Bean
    StoreProbe storeProbe(MemberDatabase database) {
        return new StoreProbe(database::read);
    }

    @Bean
    StoreHealth storeHealthIndicator(StoreProbe probe) {
        return new StoreHealth(probe);
    }

    // closed with the database that it belongs to
    @Bean(destroyMethod = "")
    DataSource dataSource(MemberDatabase database) {
        return database.readers();
    }

    @Bean
    IndexFollower indexFollower(MemberDatabase database, MemberProperties properties) {
        return new IndexFollower(new StackIndexer(database.readers()), properties.index().enabled(), INDEX_PAUSE,
                INDEX_GIVES_WAY);
    }
}
