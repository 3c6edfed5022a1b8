package dev.steelyard.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
                .layer("cli")
                .definedBy("dev.steelyard.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
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

    @Test
    void papersOfADomainDoNotUseOneAnother() {
        SlicesRuleDefinition.slices()
                .matching("dev.steelyard.optim.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                "dev.steelyard.optim.kernel.."))
                .check(OURS);
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
