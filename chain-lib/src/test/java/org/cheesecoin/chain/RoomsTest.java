package org.cheesecoin.chain;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The rooms of chain-lib: who may use whom, and what may never come in. */
class RoomsTest {

    private static final String ROOT = "org.cheesecoin.chain";

    /** Each room and the rooms it may use; whatever those may use, it may use too. */
    private static final Map<String, List<String>> ROOMS = rooms();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static Map<String, List<String>> rooms() {
        var rooms = new LinkedHashMap<String, List<String>>();
        rooms.put("crypto", List.of());
        rooms.put("cheese", List.of("crypto"));
        rooms.put("consensus", List.of("cheese"));
        rooms.put("stack", List.of("consensus"));
        rooms.put("mempool", List.of("stack"));
        rooms.put("mining", List.of("consensus"));
        rooms.put("wire", List.of("cheese"));
        rooms.put("node", List.of("wire", "stack", "mempool"));
        rooms.put("wallet", List.of("consensus"));
        return rooms;
    }

    @Test
    void arrowsPointDownOnly() {
        for (String room : ROOMS.keySet()) {
            var closed = new ArrayList<>(ROOMS.keySet());
            closed.removeAll(reachableFrom(room));
            if (closed.isEmpty()) {
                continue;
            }
            noClasses().that().resideInAPackage(packageOf(room))
                    .should().dependOnClassesThat()
                    .resideInAnyPackage(closed.stream().map(RoomsTest::packageOf).toArray(String[]::new))
                    .as("%s uses none of %s".formatted(room, closed))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void everyClassHasARoom() {
        assertThat(CLASSES.stream().map(RoomsTest::roomOf).distinct())
                .as("packages right under " + ROOT)
                .isSubsetOf(ROOMS.keySet());
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(it -> !it.isAnnotatedWith(NullMarked.class))
                .map(it -> it.getName())
                .distinct();
        assertThat(unmarked).as("packages without @NullMarked in their package-info").isEmpty();
    }

    @Test
    void noFrameworkAndNoLog() {
        noClassUses("org.springframework..", "jakarta..", "java.util.logging..", "org.slf4j..", "org.apache.logging..",
                "org.apache.commons.logging..");
    }

    @Test
    void noFilesNoSocketsNoDatabase() {
        noClassUses("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax.sql..");
        noClasses().should().dependOnClassesThat().areAssignableTo(File.class)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noClock() {
        noClassCalls("the clock: time is an input", target -> target.getOwner().isEquivalentTo(System.class)
                && Set.of("currentTimeMillis", "nanoTime").contains(target.getName())
                || target.getOwner().getPackageName().equals("java.time") && target.getName().equals("now"));
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noDice() {
        noClassCalls("dice: randomness is an input", target -> isConstructor(target)
                && target.getOwner().isAssignableTo(Random.class)
                || isConstructor(target) && target.getOwner().getName().equals("java.util.SplittableRandom")
                        && ((AccessTarget.CodeUnitAccessTarget) target).getRawParameterTypes().isEmpty()
                || target.getOwner().isEquivalentTo(Math.class) && target.getName().equals("random")
                || target.getOwner().getName().equals("java.util.UUID") && target.getName().equals("randomUUID"));
        noClasses().should().dependOnClassesThat()
                .haveNameMatching("java\\.security\\.SecureRandom|java\\.util\\.concurrent\\.ThreadLocalRandom"
                        + "|java\\.util\\.random\\.RandomGeneratorFactory")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noThreadsAndNoLocks() {
        noClassCalls("threads of our own", target -> target.getOwner().isAssignableTo(Thread.class)
                && (isConstructor(target) || target.getName().startsWith("of") || target.getName().startsWith("start"))
                || target.getName().equals("parallelStream")
                || target.getOwner().getName().equals("java.util.concurrent.CompletableFuture"));
        noClasses().should().dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.(locks\\..*|Executor.*|ForkJoin.*)|java\\.util\\.Timer")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void noClassUses(String... packages) {
        noClasses().should().dependOnClassesThat().resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static void noClassCalls(String what, Predicate<AccessTarget> forbidden) {
        noClasses().should()
                .accessTargetWhere(DescribedPredicate.describe(what,
                        (JavaAccess<?> access) -> forbidden.test(access.getTarget())))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static boolean isConstructor(AccessTarget target) {
        return target instanceof AccessTarget.ConstructorCallTarget
                || target instanceof AccessTarget.ConstructorReferenceTarget;
    }

    private static Set<String> reachableFrom(String room) {
        var reachable = new LinkedHashSet<String>();
        reachable.add(room);
        for (String below : ROOMS.get(room)) {
            reachable.addAll(reachableFrom(below));
        }
        return reachable;
    }

    private static String packageOf(String room) {
        return ROOT + "." + room + "..";
    }

    private static String roomOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", "").replaceFirst("\\..*", "");
    }
}
