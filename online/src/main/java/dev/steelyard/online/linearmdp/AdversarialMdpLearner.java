package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.function.Supplier;

/**
 * Policy optimisation with a model or a simulator: in every state, follow-the-regularised-leader on estimates of the
 * losses to come, less a bonus for what is uncertain. The regret grows with the square root of the episodes.
 *
 * <pre>{@code
 * var learner = new AdversarialMdpLearner(mdp, new KnownModel(transitions),
 *         LinearMdpOptions.magnitudeReduced(mdp, 10_000, 1), seed);
 * Decision<Integer> step = learner.decide(new MdpState(0, 0));
 * learner.feedback(step.id(), loss);
 * }</pre>
 *
 * <p>Dai, Luo, Wei, Zimmert: Refined Regret for Adversarial MDPs with Linear Function Approximation, ICML 2023.
 */
public final class AdversarialMdpLearner extends TabularLearner {

    private static final System.Logger LOG = System.getLogger(AdversarialMdpLearner.class.getName());

    private final Knowledge knowledge;
    private final LinearMdpOptions options;
    private final double[][][] features;
    private double[][][] costs;
    private double smallest;

    /**
     * @param mdp layers, states, actions, features
     * @param knowledge of its transitions
     * @param seed of the learner's draws, simulations included
     * @throws IllegalArgumentException if a feature's norm is above 1
     */
    public AdversarialMdpLearner(LayeredMdp mdp, Knowledge knowledge, LinearMdpOptions options, long seed) {
        super("linear-mdp", mdp, seed);
        this.knowledge = knowledge;
        this.options = options;
        this.features = Tables.features(mdp);
        this.costs = Tables.zeros(mdp);
    }

    /** eta times the estimated losses less bonuses so far: [layer][state][action]. */
    public double[][][] costs() {
        double[][][] copy = new double[costs.length][][];
        for (int h = 0; h < copy.length; h++) {
            copy[h] = new double[costs[h].length][];
            for (int x = 0; x < copy[h].length; x++) {
                copy[h][x] = costs[h][x].clone();
            }
        }
        return copy;
    }

    /** The smallest estimate of a loss to come so far; times the learning rate it should stay above -1 for entropy. */
    public double smallestEstimate() {
        return smallest;
    }

    @Override
    public double[][][] policy() {
        return Tables.policy(options.regulariser(), costs);
    }

    /**
     * Learns a whole episode that was played elsewhere by {@link #policy(MdpState)} as it stands now.
     *
     * @throws IllegalStateException if an episode runs
     * @throws IllegalArgumentException if the trajectory has another length than H, a state or action that there is not,
     *     or an action that the policy would never take; nothing is changed then
     */
    public void endEpisode(Trajectory trajectory) {
        learnWhole(trajectory);
    }

    @Override
    Episode begin(long number) {
        return new Episode(number, policy());
    }

    @Override
    void learn(Episode episode) {
        double[][][] occupancy = knowledge.occupancy(episode.policy, planning);
        double[][][] bonus = Tables.zeros(mdp);
        double[] suffix = episode.suffixLosses();
        double least = 0;
        for (int h = 0; h < costs.length; h++) {
            double[] weights = Tables.flat(occupancy[h]);
            double[][] inverse = inverse(features[h], weights);
            int visited = episode.states[h] * mdp.actions() + episode.actions[h];
            for (int pair = 0; pair < weights.length; pair++) {
                double estimate = estimate(h, pair, visited, inverse, weights, suffix[h]);
                least = Math.min(least, estimate);
                costs[h][pair / mdp.actions()][pair % mdp.actions()] += options.learningRate() * estimate;
            }
            if (options.bonus() != LinearMdpOptions.Bonus.NONE && options.bonusScale() > 0) {
                for (int x = 0; x < bonus[h].length; x++) {
                    bonus[h][x] = Bonuses.of(options.bonusScale(), inverse, ofState(h, x), episode.policy[h][x]);
                }
            }
        }
        subtract(knowledge.accumulate(bonus, episode.policy, dilation(), planning));
        watch(episode, least);
    }

    private double[][] inverse(double[][] pairs, double[] weights) {
        return switch (options.inverse()) {
            case REGULARISED -> InverseCovariance.regularised(options.regularisation(), pairs, weights);
            case GEOMETRIC_RESAMPLING -> {
                Supplier<double[]> sample = () -> pairs[Draws.from(weights, planning)];
                yield InverseCovariance.geometricResampling(
                        options.regularisation(), mdp.dimension(), sample, options.terms(), options.resamplingRuns());
            }
        };
    }

    private double estimate(int layer, int pair, int visited, double[][] inverse, double[] weights, double suffixLoss) {
        double[] phi = features[layer][pair];
        double[] seen = features[layer][visited];
        return switch (options.estimator()) {
            case PLAIN -> Estimators.plain(phi, inverse, seen, suffixLoss);
            case MAGNITUDE_REDUCED ->
                Estimators.magnitudeReduced(
                        phi,
                        inverse,
                        seen,
                        suffixLoss,
                        mdp.horizon(),
                        Estimators.meanNegativePart(phi, inverse, features[layer], weights));
            case IMPLICIT_EXPLORATION ->
                Estimators.implicitExploration(pair == visited, weights[pair], options.regularisation(), suffixLoss);
        };
    }

    private double[][] ofState(int layer, int state) {
        double[][] ofState = new double[mdp.actions()][];
        System.arraycopy(features[layer], state * mdp.actions(), ofState, 0, mdp.actions());
        return ofState;
    }

    private double dilation() {
        return options.bonus() == LinearMdpOptions.Bonus.DILATED ? Bonuses.dilation(mdp.horizon()) : 1;
    }

    private void subtract(double[][][] bonus) {
        for (int h = 0; h < costs.length; h++) {
            for (int x = 0; x < costs[h].length; x++) {
                for (int a = 0; a < costs[h][x].length; a++) {
                    costs[h][x][a] -= options.learningRate() * bonus[h][x][a];
                }
            }
        }
    }

    private void watch(Episode episode, double least) {
        boolean before = options.learningRate() * smallest < -1;
        smallest = Math.min(smallest, least);
        if (!before && options.regulariser() == Regulariser.ENTROPY && options.learningRate() * smallest < -1) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "episode {0}: the learning rate times an estimate is {1}, below -1: exponential weights have no"
                            + " guarantee there; take a larger regularisation or a smaller learning rate",
                    episode.number,
                    options.learningRate() * smallest);
        }
    }

    @Override
    void save(State state) {
        state.put("costs", Tables.flat(costs)).put("smallest", smallest);
    }

    @Override
    Runnable load(State state) {
        double[][][] savedCosts = Tables.read(state, "costs", costs);
        double savedSmallest = state.number("smallest");
        return () -> {
            costs = savedCosts;
            smallest = savedSmallest;
        };
    }
}
