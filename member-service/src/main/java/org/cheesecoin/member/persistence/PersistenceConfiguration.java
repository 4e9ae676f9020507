package org.cheesecoin.member.persistence;

import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.web.end.Vital;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

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

    /** A reader may be the first to meet that the file is damaged; the next start says what to do, or goes on. */
    @Bean
    Vital wholeDatabase(MemberDatabase database) {
        return database::damage;
    }

    /** For whoever reads through Spring: as it is, but in words for the owner where the file is why. */
    @Bean
    SQLExceptionTranslator sqlExceptions(MemberDatabase database) {
        SQLExceptionTranslator plain = new SQLExceptionSubclassTranslator();
        return (task, sql, failure) -> {
            Optional<UnusableDatabase> trouble = database.trouble(failure);
            return trouble.isPresent()
                    ? new DataAccessResourceFailureException("cannot read or write what is stored", trouble.get())
                    : plain.translate(task, sql, failure);
        };
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
