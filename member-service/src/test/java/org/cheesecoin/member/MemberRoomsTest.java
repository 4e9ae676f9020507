package org.cheesecoin.member;

import java.util.Arrays;

import org.cheesecoin.member.web.Marks;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The rooms of the member: no cycle between them, and no null where none is said. */
class MemberRoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cheesecoin.member");

    @Test
    void noCycles() {
        slices().matching("org.cheesecoin.member.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(it -> !it.isAnnotatedWith(NullMarked.class))
                .map(it -> it.getName())
                .distinct()).isEmpty();
    }

    @Test
    void everyOperationSaysWhoMayCallIt() {
        assertThat(CLASSES.stream()
                .map(JavaClass::reflect)
                .filter(it -> AnnotatedElementUtils.hasAnnotation(it, Controller.class))
                .flatMap(it -> Arrays.stream(it.getDeclaredMethods())
                        .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                        .filter(method -> Marks.of(method, it) == Marks.Mark.NONE)
                        .map(method -> it.getName() + "." + method.getName())))
                .as("operations without @Open or @OwnerOnly, or with both")
                .isEmpty();
    }
}
