package dev.steelyard.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Holds the floors of ARCHITECTURE.md: a module uses lower floors, never a sibling, save where an arrow is drawn. */
class FloorsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.steelyard");

    @Test
    void modulesUseLowerFloorsOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.steelyard..")
                .layer("core")
                .definedBy("dev.steelyard.core..")
                .layer("torch")
                .definedBy("dev.steelyard.torch..")
                .layer("language")
                .definedBy("dev.steelyard.language..")
                .layer("optim")
                .definedBy("dev.steelyard.optim..")
                .layer("online")
                .definedBy("dev.steelyard.online..")
                .layer("ranking")
                .definedBy("dev.steelyard.ranking..")
                .layer("studio")
                .definedBy("dev.steelyard.studio..")
                .layer("cli")
                .definedBy("dev.steelyard.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                // cli starts the services: the arrow on the top floor.
                .whereLayer("studio")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("online")
                .mayOnlyBeAccessedByLayers("studio", "cli")
                .whereLayer("ranking")
                .mayOnlyBeAccessedByLayers("studio", "cli")
                .whereLayer("optim")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("language")
                .mayOnlyBeAccessedByLayers("optim", "cli")
                .whereLayer("torch")
                .mayOnlyBeAccessedByLayers("language", "optim", "cli")
                .check(OURS);
    }

    @Test
    void onlyTorchKnowsLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.steelyard.torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(OURS);
    }

    /** The module may be absent; a class that is linked to it must only be reached where it is there. */
    @Test
    void onlyLoopsKnowTheVectorApi() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Loop")
                .and()
                .haveSimpleNameNotEndingWith("Lanes")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(OURS);
    }

    @Test
    void papersOfADomainDoNotUseOneAnother() {
        // What several papers share: kernels, baselines, data, the JSON face.
        String[] shared = {
            "dev.steelyard.optim.kernel..",
            "dev.steelyard.online.bandit..",
            "dev.steelyard.online.convex..",
            "dev.steelyard.online.experts..",
            "dev.steelyard.online.table..",
            "dev.steelyard.online.wire..",
            "dev.steelyard.ranking.click..",
            "dev.steelyard.ranking.letor..",
            "dev.steelyard.ranking.pairwise.."
        };
        for (String domain : new String[] {"optim", "online", "ranking"}) {
            SlicesRuleDefinition.slices()
                    .matching("dev.steelyard." + domain + ".(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(DescribedPredicate.alwaysTrue(), JavaClass.Predicates.resideInAnyPackage(shared))
                    .allowEmptyShould(true)
                    .check(OURS);
        }
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.steelyard.(torch|language).(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void namesSayWhatAClassIs() {
        ArchRuleDefinition.noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(OURS);
    }

    @Test
    void commandsAreHidden() {
        classes()
                .that()
                .resideInAPackage("dev.steelyard.cli..")
                .and()
                .haveSimpleNameEndingWith("Command")
                .should()
                .bePackagePrivate()
                .check(OURS);
    }
}
