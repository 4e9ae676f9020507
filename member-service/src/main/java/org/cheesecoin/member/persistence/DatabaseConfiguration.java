package org.cheesecoin.member.persistence;

import javax.sql.DataSource;

import org.cheesecoin.member.settings.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The member's one database, and the readers' way to it. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    MemberDatabase memberDatabase(DataFolder folder) {
        return MemberDatabase.inFolder(folder.path());
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(MemberDatabase database) {
        return database.readers();
    }
}
