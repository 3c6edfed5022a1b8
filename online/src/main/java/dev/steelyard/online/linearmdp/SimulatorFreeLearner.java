package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Policy optimisation that knows nothing of the transitions, for linear MDPs: first a cover of policies that reach
 * everywhere, then epochs of a fixed policy, of whose episodes some explore at one layer. The odd episodes of an epoch
 * estimate the covariance, the even ones the losses and bonuses to come. The regret grows with K^(8/9).
 *
 * <p>Dai, Luo, Wei, Zimmert, ICML 2023; the skeleton of H. Luo, C.-Y. Wei, C.-W. Lee, NeurIPS 2021. A decision's
 * propensity is that of its action given whether the episode explores.
 */
public final class SimulatorFreeLearner extends TabularLearner {

    private final SimulatorFreeOptions options;
    private final double[][][] features;
    private final PolicyCover cover;
    private final boolean[][] known;
    private double[][][] costs;
    private double[][][] epochPolicy;
    private boolean covered;
    private Map<Long, Epoch> epochs = new LinkedHashMap<>();

    /** The settled episodes of an epoch, and the policy that it was played with. */
    private static final class Epoch {
        private final double[][][] policy;
        private final List<Episode> learnt = new ArrayList<>();
        private int dropped;

        private Epoch(double[][][] policy) {
            this.policy = policy;
        }
    }

    /**
     * @param seed of the learner's draws
     * @throws IllegalArgumentException if a feature's norm is above 1
     */
    public SimulatorFreeLearner(LayeredMdp mdp, SimulatorFreeOptions options, long seed) {
        super("linear-mdp-simulator-free", mdp, seed);
        this.options = options;
        this.features = Tables.features(mdp);
        this.cover = new PolicyCover(mdp, options.coverRounds());
        this.costs = Tables.zeros(mdp);
        this.epochPolicy = Tables.uniform(mdp);
        this.known = new boolean[mdp.horizon()][];
        for (int h = 0; h < known.length; h++) {
            known[h] = new boolean[mdp.states(h)];
        }
    }

    private long coverLength() {
        return (long) options.coverRounds() * options.coverEpisodes();
    }

    /** Whether the cover is found; before, every episode explores. */
    public boolean isCovered() {
        return covered;
    }

    /** The layer at which the running episode explores: h* of the paper; empty if it does not, or none runs. */
    public OptionalInt exploredLayer() {
        Episode running = running();
        return running == null || running.exploredLayer < 0
                ? OptionalInt.empty()
                : OptionalInt.of(running.exploredLayer);
    }

    @Override
    public double[][][] policy() {
        double[][][] policy = Tables.uniform(mdp);
        for (int h = 0; h < policy.length; h++) {
            for (int x = 0; x < policy[h].length; x++) {
                if (known[h][x]) {
                    policy[h][x] = Regulariser.LOG_BARRIER.policy(costs[h][x]);
                }
            }
        }
        return policy;
    }

    @Override
    Episode begin(long number) {
        if (number < coverLength()) {
            int round = (int) (number / options.coverEpisodes());
            cover.find(round);
            return new Episode(number, followCover(round, mdp.horizon()));
        }
        if (!covered) {
            findKnown();
        }
        long inPhase = number - coverLength();
        long epoch = inPhase / options.epoch();
        if (!epochs.containsKey(epoch)) {
            epochPolicy = policy();
            epochs.put(epoch, new Epoch(epochPolicy));
        }
        if (planning.nextDouble() >= options.exploration()) {
            return new Episode(number, epochPolicy);
        }
        int layer = planning.nextInt(mdp.horizon());
        double[][][] policy = followCover(planning.nextInt(cover.rounds()), layer);
        double[][][] uniform = Tables.uniform(mdp);
        for (int h = layer; h < policy.length; h++) {
            policy[h] = h == layer ? uniform[h] : epochPolicy[h];
        }
        Episode episode = new Episode(number, policy);
        episode.exploredLayer = layer;
        return episode;
    }

    /** A cover's policy in the layers before one, nothing after. */
    private double[][][] followCover(int round, int before) {
        double[][][] policy = Tables.zeros(mdp);
        for (int h = 0; h < before; h++) {
            for (int x = 0; x < policy[h].length; x++) {
                policy[h][x][cover.action(round, h, x)] = 1;
            }
        }
        return policy;
    }

    private void findKnown() {
        for (int h = 0; h < known.length; h++) {
            double[][] inverse = cover.inverse(h);
            for (int x = 0; x < known[h].length; x++) {
                known[h][x] = cover.isKnown(h, x, inverse, options.knownBound());
            }
        }
        covered = true;
    }

    @Override
    void executed(Episode episode) {
        if (episode.number < coverLength()) {
            cover.add(episode.states, episode.actions);
        }
    }

    private long epochOf(Episode episode) {
        return (episode.number - coverLength()) / options.epoch();
    }

    @Override
    void learn(Episode episode) {
        if (episode.number >= coverLength()) {
            epochs.get(epochOf(episode)).learnt.add(episode);
            finish(epochOf(episode));
        }
    }

    @Override
    void drop(Episode episode) {
        if (episode.number >= coverLength()) {
            epochs.get(epochOf(episode)).dropped++;
            finish(epochOf(episode));
        }
    }

    private void finish(long number) {
        Epoch epoch = epochs.get(number);
        if (epoch.learnt.size() + epoch.dropped < options.epoch()) {
            return;
        }
        epochs.remove(number);
        List<Episode> odd = new ArrayList<>();
        List<Episode> even = new ArrayList<>();
        for (Episode episode : epoch.learnt) {
            // The first episode of an epoch is odd.
            ((episode.number - coverLength()) % options.epoch() % 2 == 0 ? odd : even).add(episode);
        }
        if (!odd.isEmpty() && !even.isEmpty()) {
            update(epoch, odd, even);
        }
    }

    private void update(Epoch epoch, List<Episode> odd, List<Episode> even) {
        double[][][] inverses = new double[mdp.horizon()][][];
        double[][][] bonus = Tables.zeros(mdp);
        for (int h = 0; h < inverses.length; h++) {
            inverses[h] = inverse(h, odd);
            for (int x = 0; x < bonus[h].length; x++) {
                if (known[h][x]) {
                    bonus[h][x] = Bonuses.of(options.bonusScale(), inverses[h], ofState(h, x), epoch.policy[h][x]);
                }
            }
        }
        for (int h = 0; h < inverses.length; h++) {
            double[] losses = new double[mdp.dimension()];
            double[] bonuses = new double[mdp.dimension()];
            for (Episode episode : even) {
                double weight = weight(episode, h) / even.size();
                double[] phi = visited(episode, h);
                double later = laterBonus(episode, h, bonus);
                for (int i = 0; i < phi.length; i++) {
                    losses[i] += weight * phi[i] * episode.suffixLosses()[h];
                    bonuses[i] += weight * phi[i] * later;
                }
            }
            double[] theta = Vectors.times(inverses[h], losses);
            double[] lambda = Vectors.times(inverses[h], bonuses);
            for (int pair = 0; pair < features[h].length; pair++) {
                int x = pair / mdp.actions();
                int a = pair % mdp.actions();
                if (known[h][x]) {
                    double[] phi = features[h][pair];
                    double dilated = bonus[h][x][a] + Vectors.dot(phi, lambda);
                    costs[h][x][a] += options.learningRate() * (Vectors.dot(phi, theta) - dilated);
                }
            }
        }
    }

    private double[][] inverse(int layer, List<Episode> episodes) {
        double[][] pairs = new double[episodes.size()][];
        double[] weights = new double[pairs.length];
        for (int n = 0; n < pairs.length; n++) {
            pairs[n] = visited(episodes.get(n), layer);
            weights[n] = weight(episodes.get(n), layer) / pairs.length;
        }
        return InverseCovariance.regularised(options.regularisation(), pairs, weights);
    }

    /** q: 1 for an episode that follows the policy, H at the layer that an episode explores, 0 elsewhere. */
    private double weight(Episode episode, int layer) {
        if (episode.exploredLayer < 0) {
            return 1;
        }
        return episode.exploredLayer == layer ? mdp.horizon() : 0;
    }

    /** D: the dilated bonuses that the episode met after a layer. */
    private double laterBonus(Episode episode, int layer, double[][][] bonus) {
        double sum = 0;
        double dilation = 1;
        for (int h = layer + 1; h < bonus.length; h++) {
            dilation *= Bonuses.dilation(mdp.horizon());
            sum += dilation * bonus[h][episode.states[h]][episode.actions[h]];
        }
        return sum;
    }

    private double[] visited(Episode episode, int layer) {
        return features[layer][episode.states[layer] * mdp.actions() + episode.actions[layer]];
    }

    private double[][] ofState(int layer, int state) {
        double[][] ofState = new double[mdp.actions()][];
        System.arraycopy(features[layer], state * mdp.actions(), ofState, 0, mdp.actions());
        return ofState;
    }

    @Override
    void save(State state) {
        List<State> open = new ArrayList<>();
        epochs.forEach((number, epoch) -> open.add(State.of("epoch")
                .put("number", number)
                .put("policy", Tables.flat(epoch.policy))
                .put("dropped", epoch.dropped)
                .put("learnt", epoch.learnt.stream().map(Episode::state).toList())));
        state.put("costs", Tables.flat(costs))
                .put("epochPolicy", Tables.flat(epochPolicy))
                .put("covered", covered)
                .put("cover", cover.state())
                .put("epochs", open);
    }

    @Override
    Runnable load(State state) {
        double[][][] savedCosts = Tables.read(state, "costs", costs);
        double[][][] savedPolicy = Tables.read(state, "epochPolicy", costs);
        boolean savedCovered = state.flag("covered");
        Runnable savedCover = cover.load(state.state("cover"));
        Map<Long, Epoch> savedEpochs = new LinkedHashMap<>();
        for (State saved : state.states("epochs")) {
            Epoch epoch = new Epoch(Tables.read(saved, "policy", costs));
            epoch.dropped = saved.smallInteger("dropped");
            epoch.learnt.addAll(saved.states("learnt", Episode::from));
            savedEpochs.put(saved.integer("number"), epoch);
        }
        return () -> {
            costs = savedCosts;
            epochPolicy = savedPolicy;
            savedCover.run();
            covered = false;
            if (savedCovered) {
                findKnown();
            } else {
                for (boolean[] layer : known) {
                    Arrays.fill(layer, false);
                }
            }
            epochs = savedEpochs;
        };
    }
}
