package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.core.study.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The policy optimisation of {@link AdversarialMdpLearner} for states that cannot be enumerated: the policy of a state is
 * computed when it is visited, from the records of all episodes so far. States are numbers, which only the features and the
 * simulator need to understand.
 *
 * <p>Cost. Plain estimates without bonus are linear in the features: O(d) a query, and a record is one vector a layer. All
 * else is not linear: a state seen for the first time costs, for each record, O(A d^2) with a bonus and O(A d n) with
 * magnitude-reduced estimates, and the bonus asks one sampled next state a pair for its policy, which may be new in turn.
 * What is computed once is kept for the last {@link HistoryOptions#cachedStates}. {@link HistoryOptions#refreshEvery}
 * divides the number of records, and with it time and memory. Where states can be enumerated, the table is cheaper.
 */
public final class HistoryLearner extends EpisodicLearner {

    private final Simulator simulator;
    private final LinearMdpOptions options;
    private final HistoryOptions history;
    private final KeyedDraws draws;
    private final HistoryPolicies policies;
    private Map<Long, Epoch> epochs = new LinkedHashMap<>();

    /** The episodes that share a policy: the one of the first {@code basis} records. */
    private static final class Epoch {
        private final int basis;
        private final List<Episode> learnt = new ArrayList<>();
        private int dropped;

        private Epoch(int basis) {
            this.basis = basis;
        }
    }

    /**
     * @param mdp layers, actions, features; its states need not be countable
     * @param seed of the learner's draws, simulations included
     * @throws IllegalArgumentException if the estimator is implicit exploration, which needs enumerated states
     */
    public HistoryLearner(
            LayeredMdp mdp, Simulator simulator, LinearMdpOptions options, HistoryOptions history, long seed) {
        super("linear-mdp-history", mdp, seed);
        if (options.estimator() == LinearMdpOptions.Estimator.IMPLICIT_EXPLORATION) {
            throw new IllegalArgumentException(
                    "estimator must be PLAIN or MAGNITUDE_REDUCED: implicit exploration needs enumerated states");
        }
        this.simulator = simulator;
        this.options = options;
        this.history = history;
        this.draws = draws(seed);
        this.policies = new HistoryPolicies(mdp, simulator, options, history, draws);
    }

    static KeyedDraws draws(long seed) {
        return new KeyedDraws(Seeds.root(seed).child("history").value());
    }

    /** How many records the policy sums over. */
    public int records() {
        return policies.records().size();
    }

    @Override
    public double[] policy(MdpState state) {
        requireState(state);
        return policies.at(state.layer(), state.state(), records()).clone();
    }

    /**
     * Learns a whole episode that was played elsewhere by {@link #policy(MdpState)} as it stands now; with {@link
     * HistoryOptions#refreshEvery} above 1, as it stood at the last refresh.
     *
     * @throws IllegalStateException if an episode runs
     * @throws IllegalArgumentException if the trajectory has another length than H, a state or action that there is not,
     *     or an action that the policy would never take; nothing is changed then
     */
    public void endEpisode(Trajectory trajectory) {
        learnWhole(trajectory);
    }

    private long epochOf(Episode episode) {
        return episode.number / history.refreshEvery();
    }

    @Override
    Episode begin(long number) {
        // Where the first state's features are wrong, nothing has begun.
        policies.at(0, 0, records());
        Episode episode = new Episode(number, new double[mdp.horizon()][0][]);
        epochs.computeIfAbsent(epochOf(episode), epoch -> new Epoch(records()));
        return episode;
    }

    @Override
    double[] probabilities(Episode episode, int layer, int state) {
        return policies.at(layer, state, epochs.get(epochOf(episode)).basis);
    }

    @Override
    void learn(Episode episode) {
        epochs.get(epochOf(episode)).learnt.add(episode);
        finish(epochOf(episode));
    }

    @Override
    void drop(Episode episode) {
        epochs.get(epochOf(episode)).dropped++;
        finish(epochOf(episode));
    }

    private void finish(long number) {
        Epoch epoch = epochs.get(number);
        if (epoch.learnt.size() + epoch.dropped == history.refreshEvery()) {
            if (!epoch.learnt.isEmpty()) {
                policies.append(record(number, epoch));
            }
            epochs.remove(number);
        }
    }

    private HistoryRecord record(long number, Epoch epoch) {
        int horizon = mdp.horizon();
        double[][][] simulated = simulate(number, epoch.basis);
        boolean reduced = options.estimator() == LinearMdpOptions.Estimator.MAGNITUDE_REDUCED;
        double[][][] inverses = new double[horizon][][];
        double[][] theta = new double[horizon][mdp.dimension()];
        double[][][] visited = new double[reduced ? horizon : 0][][];
        for (int h = 0; h < horizon; h++) {
            inverses[h] = inverse(number, h, simulated[h]);
            double[][] own = new double[epoch.learnt.size()][];
            for (int n = 0; n < own.length; n++) {
                Episode episode = epoch.learnt.get(n);
                double[] phi = mdp.checkedFeatures(h, episode.states[h], episode.actions[h]);
                own[n] = Vectors.times(inverses[h], phi);
                double loss = episode.suffixLosses()[h];
                for (int i = 0; i < phi.length; i++) {
                    theta[h][i] += own[n][i] * loss;
                }
            }
            if (reduced) {
                visited[h] = own;
                double[][] inverse = inverses[h];
                simulated[h] = Arrays.stream(simulated[h])
                        .map(phi -> Vectors.times(inverse, phi))
                        .toArray(double[][]::new);
            }
        }
        return new HistoryRecord(
                number,
                epoch.basis,
                epoch.learnt.size(),
                policies.hasBonus() ? inverses : new double[0][][],
                theta,
                visited,
                reduced ? simulated : new double[0][][]);
    }

    /** The features that the policy meets, [layer][trajectory]. */
    private double[][][] simulate(long epoch, int basis) {
        double[][][] features = new double[mdp.horizon()][history.trajectories()][];
        new Rollouts(simulator, history.parallel())
                .run(
                        history.trajectories(),
                        mdp.horizon(),
                        mdp::states,
                        (layer, state) -> policies.at(layer, state, basis),
                        draws.trajectories(epoch),
                        (layer, n, state, action) -> features[layer][n] = mdp.checkedFeatures(layer, state, action));
        return features;
    }

    private double[][] inverse(long epoch, int layer, double[][] simulated) {
        if (options.inverse() == LinearMdpOptions.Inverse.GEOMETRIC_RESAMPLING) {
            RandomGenerator generator = draws.resampling(epoch, layer);
            Supplier<double[]> sample = () -> simulated[generator.nextInt(simulated.length)];
            return InverseCovariance.geometricResampling(
                    options.regularisation(), mdp.dimension(), sample, options.terms(), options.resamplingRuns());
        }
        double[] weights = new double[simulated.length];
        Arrays.fill(weights, 1.0 / weights.length);
        return InverseCovariance.regularised(options.regularisation(), simulated, weights);
    }

    @Override
    void save(State state) {
        List<State> open = new ArrayList<>();
        epochs.forEach((number, epoch) -> open.add(State.of("epoch")
                .put("number", number)
                .put("basis", epoch.basis)
                .put("dropped", epoch.dropped)
                .put("learnt", epoch.learnt.stream().map(Episode::state).toList())));
        state.put("drawsSeed", draws.seed())
                .put("epochs", open)
                .put(
                        "records",
                        policies.records().stream().map(HistoryRecord::state).toList());
    }

    @Override
    Runnable load(State state) {
        List<HistoryRecord> saved = state.states("records", HistoryRecord::from);
        for (HistoryRecord each : saved) {
            if (each.theta().length != mdp.horizon() || each.theta()[0].length != mdp.dimension()) {
                throw new StateException("the saved records of '" + name() + "' have another horizon or dimension than "
                        + mdp.horizon() + " and " + mdp.dimension());
            }
        }
        long savedSeed = state.integer("drawsSeed");
        Map<Long, Epoch> savedEpochs = new LinkedHashMap<>();
        for (State each : state.states("epochs")) {
            Epoch epoch = new Epoch(each.require("epoch").smallInteger("basis"));
            epoch.dropped = each.smallInteger("dropped");
            epoch.learnt.addAll(each.states("learnt", Episode::from));
            savedEpochs.put(each.integer("number"), epoch);
        }
        return () -> {
            draws.reseed(savedSeed);
            policies.replace(saved);
            epochs = savedEpochs;
        };
    }
}
