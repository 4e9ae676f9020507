package org.cheesecoin.web;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** This module stands between chain-lib and the services. */
class WebRoomsTest {

    @Test
    void knowsNoService() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("org.cheesecoin.tracker..", "org.cheesecoin.member..")
                .check(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.cheesecoin.web"));
    }
}
