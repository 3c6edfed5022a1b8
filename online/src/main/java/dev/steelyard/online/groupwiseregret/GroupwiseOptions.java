package dev.steelyard.online.groupwiseregret;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Options of {@link GroupwiseLearner}.
 *
 * @param groups how many groups there are, at the beginning if they may grow; at least 1
 * @param mode what is played of the groups' predictions; default {@link PredictionMode#RANDOMISED}, as in the paper
 * @param prior a positive weight for each group; empty for equal ones, the default
 * @param memory factor in (0, 1] on what the active groups know, at each round, against drift; default 1
 * @param growing whether a number beyond the known groups is a new group, which starts when it is first active; default
 *     false: such a number is refused
 */
@RecordBuilder
public record GroupwiseOptions(int groups, PredictionMode mode, List<Double> prior, double memory, boolean growing) {

    public GroupwiseOptions {
        if (groups < 1) {
            throw new IllegalArgumentException("groups must be at least 1, not " + groups);
        }
        prior = List.copyOf(prior);
        if (!prior.isEmpty() && prior.size() != groups) {
            throw new IllegalArgumentException(
                    "prior must have one weight for each of the " + groups + " groups, not " + prior.size());
        }
        if (!(memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException("memory must be in (0, 1], not " + memory);
        }
    }

    /** The paper's choices. */
    public static GroupwiseOptions of(int groups) {
        return new GroupwiseOptions(groups, PredictionMode.RANDOMISED, List.of(), 1, false);
    }
}
