package dev.steelyard.core.run;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A study that a test can kill: ten trials of random numbers, each taking a while. */
final class SlowStudy implements Study {

    static final int TRIALS = 10;
    static final LabOptions OPTIONS = new LabOptions(Scale.QUICK, 3, Optional.empty(), 1, "cpu");
    private static final long SLOW_MILLISECONDS = 200;

    private final long milliseconds;

    SlowStudy(long milliseconds) {
        this.milliseconds = milliseconds;
    }

    public static void main(String[] arguments) throws InterruptedException {
        StudyRun.run(new SlowStudy(SLOW_MILLISECONDS), RunFolder.open(Path.of(arguments[0])), Progress.SILENT);
    }

    @Override
    public String slug() {
        return "frugal";
    }

    @Override
    public List<Claim> claims() {
        return List.of();
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        List<Trial> grid = IntStream.range(0, TRIALS)
                .mapToObj(seed -> new Trial("part", "slow", "", seed))
                .toList();
        TrialResults results = lab.trials(grid, (trial, context) -> {
            Thread.sleep(milliseconds);
            context.metric("x", context.seeds().generator("x").nextGaussian());
        });
        lab.findings()
                .table(Table.titled("x", "what", "mean")
                        .row("x", results.interval("x"))
                        .build());
    }
}
