package dev.steelyard.cli;

import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.ranking.Leaderboard;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.pairwise.BradleyTerry;
import dev.steelyard.ranking.votes.RecordedVote;
import dev.steelyard.ranking.votes.VoteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns files of votes into a leaderboard. */
@Command(
        name = "rank",
        description = {
            "Rank items from files of votes, taken in the files' order.",
            "A file holds one ballot a line, best first, = between ties (sonata, opus = etude, fugue); or a table with"
                    + " columns models and ranks or winner (models by ;, rank 0 best), and optionally match, time and"
                    + " voter; or a pairwise log with model_a, model_b and winner; or JSON, an array or an object a line,"
                    + " of the same names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard arena rank votes.csv",
            "  steelyard arena rank votes.csv --model bradley-terry --out leaderboard.csv",
            "  steelyard arena rank monday.jsonl tuesday.jsonl --json"
        })
final class ArenaRankCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(arity = "1..*", paramLabel = "VOTES", description = "Files of votes.")
    private List<Path> files;

    @Mixin
    private RatingOptions rating;

    @Option(
            names = "--inverse-propensity",
            description =
                    "bradley-terry: weigh each vote by the inverse of its propensity, which an arena's exports tell,"
                            + " as if all matches had been equally likely.")
    private boolean inversePropensity;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the leaderboard there too, as CSV or JSON by the name's ending.")
    private Optional<Path> out;

    @Mixin
    private Output output;

    private void learn(SkillModel model, RecordedVote vote) {
        if (!inversePropensity) {
            model.record(vote.ballot());
        } else if (model instanceof BradleyTerry weighing) {
            weighing.record(vote.ballot(), vote.inversePropensity());
        } else {
            throw new IllegalArgumentException(
                    "--inverse-propensity goes with --model bradley-terry, not " + model.name());
        }
    }

    @Override
    public Integer call() throws Exception {
        out.ifPresent(LeaderboardText::requireKnownForm);
        SkillModel model = rating.model();
        for (Path file : files) {
            VoteFile.readVotes(file, vote -> {
                vote.ballot().items().stream()
                        .filter(item -> !model.knows(item))
                        .forEach(model::add);
                learn(model, vote);
            });
        }
        if (model.ballots() == 0) {
            throw new IllegalArgumentException("there is no vote in "
                    + String.join(", ", files.stream().map(Path::toString).toList())
                    + "; write one ballot a line, best first, as in a, b = c");
        }
        Leaderboard board = model.leaderboard();
        LeaderboardText text = new LeaderboardText(model.name(), model.ballots(), board);
        out.ifPresent(file -> AtomicFiles.write(file, text.inFormOf(file)));
        output.print(text::json, text::print);
        return 0;
    }
}
