package dev.steelyard.online.groupwiseregret;

import java.util.List;
import java.util.function.Function;

/**
 * The method before: a sleeping expert for every group and every hypothesis (A. Blum, T. Lykouris, Advancing Subgroup
 * Fairness via Sleeping Experts, ITCS 2020). G |F| experts: for tiny classes only, and a check for {@link
 * GroupwiseLearner}, which takes G.
 */
public final class BlumLykouris {

    private BlumLykouris() {}

    /**
     * A learner whose groups are the pairs of a group and a hypothesis; give it instances by {@link #instance}.
     *
     * @param groups how many
     * @param hypotheses the class, of which none learns
     * @param seed of the draws
     */
    public static <Z, Y> GroupwiseLearner<Z, Y> learner(
            int groups, List<? extends Function<double[], Z>> hypotheses, GroupTask<Z, Y> task, long seed) {
        return new GroupwiseLearner<>(
                Math.multiplyExact(groups, hypotheses.size()),
                pair -> new FiniteClass<>(List.of(hypotheses.get(pair % hypotheses.size())), task, 1, 0),
                task,
                PredictionMode.RANDOMISED,
                seed);
    }

    /** An instance with all pairs of its groups: pair g |F| + f is group g with hypothesis f. */
    public static GroupedInstance instance(GroupedInstance plain, int hypotheses) {
        int[] pairs = new int[plain.groups().length * hypotheses];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = plain.groups()[i / hypotheses] * hypotheses + i % hypotheses;
        }
        return new GroupedInstance(plain.x(), pairs);
    }
}
