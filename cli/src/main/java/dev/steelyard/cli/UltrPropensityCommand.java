package dev.steelyard.cli;

import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.ranking.dla.Randomisation;
import dev.steelyard.ranking.dla.RankerFile;
import dev.steelyard.ranking.dla.SessionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how likely users look at each place. */
@Command(
        name = "propensity",
        description =
                "Tell how likely users look at each place, relative to the first: as a ranker by dla or rem found it,"
                        + " or by sessions whose results stood in random order.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard ultr propensity ranker.json",
            "  steelyard ultr propensity ranker.json --out curve.svg",
            "  steelyard ultr propensity --randomised shuffled.jsonl --out p.json      for 'ultr train --algo ipw'"
        })
final class UltrPropensityCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(arity = "0..1", paramLabel = "RANKER", description = "What 'ultr train --out' wrote.")
    private Optional<Path> ranker = Optional.empty();

    @Option(
            names = "--randomised",
            paramLabel = "LOG",
            description = "Sessions in random order, as 'ultr train --clicks' takes them.")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--positions",
            paramLabel = "N",
            defaultValue = "10",
            description = "Places to count in a log (default: 10).")
    private int positions;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write them there too, as JSON, CSV or a curve (SVG) by the name's ending.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        if (ranker.isPresent() == log.isPresent()) {
            throw new IllegalArgumentException("give either a ranker, or --randomised with a log");
        }
        out.ifPresent(PropensityText::requireKnownForm);
        PropensityText text = ranker.isPresent() ? ofRanker(ranker.get()) : ofLog(log.get());
        out.ifPresent(file -> AtomicFiles.write(file, text.inFormOf(file)));
        output.print(text::json, text::print);
        return 0;
    }

    private static PropensityText ofRanker(Path file) throws IOException {
        RankerFile read = RankerFile.read(file);
        List<Double> found = read.propensities();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " was learnt by " + read.algorithm() + ", which finds no propensities; take dla or rem");
        }
        return new PropensityText("found by " + read.algorithm() + " in " + read.step() + " steps", found);
    }

    private PropensityText ofLog(Path file) throws IOException {
        Randomisation randomisation = new Randomisation(positions);
        long sessions = SessionLog.read(file, session -> randomisation.add(session.clicks()));
        return new PropensityText("clicks of " + sessions + " sessions in random order", randomisation.propensities());
    }
}
