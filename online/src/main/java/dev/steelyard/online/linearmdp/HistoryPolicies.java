package dev.steelyard.online.linearmdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The policies of states by the records so far, computed when asked for and kept for the states that were asked last. */
final class HistoryPolicies {

    private static final System.Logger LOG = System.getLogger(HistoryPolicies.class.getName());

    private final LayeredMdp mdp;
    private final Simulator simulator;
    private final LinearMdpOptions options;
    private final HistoryOptions history;
    private final KeyedDraws draws;
    private final double dilation;
    private final List<HistoryRecord> records = new ArrayList<>();
    /** The running sums of theta after each record, [layer][dimension]: all that linear costs need. */
    private final List<double[][]> sums = new ArrayList<>();

    private final Map<Long, Walk> walks;
    private boolean warned;

    /** A state's way through the records. */
    private static final class Walk {
        private final double[][] features;
        private final double[] costs;
        /** After the first n records, n from 0. */
        private final List<double[]> policies = new ArrayList<>();
        /** Of each record and action; NaN where it was not asked for. */
        private final List<double[]> bonuses = new ArrayList<>();

        private Walk(double[][] features) {
            this.features = features;
            this.costs = new double[features.length];
        }
    }

    HistoryPolicies(
            LayeredMdp mdp, Simulator simulator, LinearMdpOptions options, HistoryOptions history, KeyedDraws draws) {
        this.mdp = mdp;
        this.simulator = simulator;
        this.options = options;
        this.history = history;
        this.draws = draws;
        this.dilation = options.bonus() == LinearMdpOptions.Bonus.DILATED ? Bonuses.dilation(mdp.horizon()) : 1;
        this.walks = new LinkedHashMap<>(16, .75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Walk> eldest) {
                return size() > history.cachedStates();
            }
        };
    }

    List<HistoryRecord> records() {
        return records;
    }

    boolean hasBonus() {
        return options.bonus() != LinearMdpOptions.Bonus.NONE && options.bonusScale() > 0;
    }

    private boolean isLinear() {
        return !hasBonus() && options.estimator() == LinearMdpOptions.Estimator.PLAIN;
    }

    void append(HistoryRecord record) {
        double[][] sum = sums.isEmpty()
                ? new double[mdp.horizon()][mdp.dimension()]
                : Arrays.stream(sums.getLast()).map(double[]::clone).toArray(double[][]::new);
        for (int h = 0; h < sum.length; h++) {
            for (int i = 0; i < sum[h].length; i++) {
                sum[h][i] += record.theta()[h][i];
            }
        }
        records.add(record);
        sums.add(sum);
    }

    void replace(List<HistoryRecord> others) {
        records.clear();
        sums.clear();
        walks.clear();
        others.forEach(this::append);
    }

    /** The policy of a state after the first {@code basis} records. */
    double[] at(int layer, int state, int basis) {
        if (isLinear()) {
            double[] costs = new double[mdp.actions()];
            for (int a = 0; a < costs.length; a++) {
                double[] phi = mdp.checkedFeatures(layer, state, a);
                costs[a] = basis == 0 ? 0 : options.learningRate() * Vectors.dot(phi, sums.get(basis - 1)[layer]);
            }
            return options.regulariser().policy(costs);
        }
        return advance(walk(layer, state), layer, state, basis).policies.get(basis);
    }

    private double[][] features(int layer, int state) {
        double[][] features = new double[mdp.actions()][];
        for (int a = 0; a < features.length; a++) {
            features[a] = mdp.checkedFeatures(layer, state, a).clone();
        }
        return features;
    }

    private Walk advance(Walk walk, int layer, int state, int basis) {
        if (walk.policies.isEmpty()) {
            walk.policies.add(options.regulariser().policy(walk.costs));
        }
        while (walk.policies.size() <= basis) {
            int index = walk.policies.size() - 1;
            HistoryRecord record = records.get(index);
            for (int a = 0; a < walk.costs.length; a++) {
                double estimate = record.estimate(layer, walk.features[a], mdp.horizon());
                warnBelow(options.learningRate() * estimate / record.episodes());
                double dilated = hasBonus() ? record.episodes() * bonusOf(walk, layer, state, a, index) : 0;
                walk.costs[a] += options.learningRate() * (estimate - dilated);
            }
            walk.policies.add(options.regulariser().policy(walk.costs));
        }
        return walk;
    }

    private void warnBelow(double exponent) {
        if (exponent < -1 && !warned && options.regulariser() == Regulariser.ENTROPY) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the learning rate times an estimate is {0}, below -1: exponential weights have no guarantee there;"
                            + " take a larger regularisation or a smaller learning rate",
                    exponent);
        }
    }

    private double bonus(Walk walk, int layer, int state, int action, int index) {
        HistoryRecord record = records.get(index);
        double[] policy = walk.policies.get(record.basis());
        double own = Bonuses.of(options.bonusScale(), record.inverse()[layer], walk.features, policy)[action];
        if (layer + 1 == mdp.horizon()) {
            return own;
        }
        RandomGenerator generator = draws.successors(record.epoch(), layer, state, action);
        double later = 0;
        for (int sample = 0; sample < history.samples(); sample++) {
            int next = SimulatedModel.next(simulator, layer, state, action, mdp.states(layer + 1), generator);
            Walk following = advance(walk(layer + 1, next), layer + 1, next, record.basis());
            int nextAction = Draws.from(following.policies.get(record.basis()), generator);
            later += bonusOf(following, layer + 1, next, nextAction, index) / history.samples();
        }
        return own + dilation * later;
    }

    /**
     * B of a pair under a record, drawn once. The record's policy stands on earlier records only, and what follows on
     * later layers, so that this ends.
     */
    private double bonusOf(Walk walk, int layer, int state, int action, int index) {
        while (walk.bonuses.size() <= index) {
            double[] unknown = new double[walk.costs.length];
            Arrays.fill(unknown, Double.NaN);
            walk.bonuses.add(unknown);
        }
        double[] bonuses = walk.bonuses.get(index);
        if (Double.isNaN(bonuses[action])) {
            bonuses[action] = bonus(walk, layer, state, action, index);
        }
        return bonuses[action];
    }

    private Walk walk(int layer, int state) {
        long key = ((long) layer << Integer.SIZE) | state;
        Walk walk = walks.get(key);
        if (walk == null) {
            walk = new Walk(features(layer, state));
            walks.put(key, walk);
        }
        return walk;
    }
}
