package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the lines of {@code tuning.csv} to the standard output. It takes many minutes. Arguments: the part, and how many
 * trials run side by side.
 */
final class TuningRun {

    private TuningRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        int threads = Integer.parseInt(arguments[1]);
        Lab lab = new Lab(
                "frugal",
                new LabOptions(Scale.STANDARD, 0, Optional.empty(), threads, "cpu"),
                new InMemoryTrials(result -> System.err.println(
                        result.trial().key() + " " + result.metrics() + " " + result.seconds() + " s")),
                Progress.SILENT);
        Tuning tuning;
        try (Glosses glosses = new Glosses(Scale.STANDARD)) {
            tuning = arguments[0].equals(WordNetTrials.PART)
                    ? FrugalStudy.tune(lab, new WordNetTrials(Scale.STANDARD, glosses))
                    : FrugalStudy.tune(
                            lab,
                            new FineTuningTrials(Scale.STANDARD, lab.seeds().child("fine-tuning"), glosses));
        }
        for (Tuning.Entry entry : tuning.entries()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%.4f%n",
                    entry.part(),
                    entry.method(),
                    entry.rate().learningRate(),
                    entry.rate().linearFactor(),
                    entry.score());
        }
    }
}
