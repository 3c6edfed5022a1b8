package dev.steelyard.online.bandit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Which of several arms has the lowest mean, where each mean has a Beta posterior with whole parameters and they are
 * independent: draws an arm by the probability of that, and tells that probability.
 *
 * <p>With an arm's survival {@code S(x) = P(mean > x)} and hazard {@code h = f / S}, arm i is lowest with the probability
 * {@code integral of h_i(x) G(x) dx}, where G is the product of all survivals. Both are kept for every arm on the nodes of a
 * quadrature, and so are G and the sum of hazards H. A draw takes a node by its share of {@code G H}, which is the density of
 * the lowest mean, and there an arm by its share of H. One more failure or success changes one arm's numbers by a recurrence:
 * {@code S_{a+1,b} = S_{a,b} + f x (1 - x) / a}, {@code f_{a+1,b} = f_{a,b} x (a + b) / a}, and likewise for b. So a draw costs
 * a look at each arm, and a change or a probability one at each node.
 *
 * <p>The nodes are Gauss-Legendre's on panels that are halved until each integrates {@code G H} to the difference of G at its
 * ends. As {@code G H} must add up to 1, {@link #isStale} sees when posteriors have left their panels or become too narrow
 * for them. {@link LowestMean} builds anew.
 */
final class BetaQuadrature {

    /** Gauss-Legendre of eight points on [-1, 1]: M. Abramowitz, I. Stegun, Handbook, table 25.4. */
    private static final double[] POINTS = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
    };

    private static final double[] WEIGHTS = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
    };
    private static final int ON_A_PANEL = 2 * POINTS.length;

    /** A panel with less of the lowest mean in it is left out. */
    private static final double NEGLIGIBLE = 1e-12;
    /** A panel with more of it is halved without a try. */
    private static final double MOST_ON_A_PANEL = 0.5;
    /** Error of a panel that is fine enough. */
    private static final double PANEL_ERROR = 1e-10;
    /** Error of all at which the panels do no more; what a panel's error leaves room for before. */
    private static final double STALE_ERROR = 1e-7;
    /** Below, a survival is rounding only. */
    private static final double LEAST_SURVIVAL = 1e-18;

    private final int arms;
    /** Parameters of the posteriors; whole numbers. */
    private final double[] alpha;

    private final double[] beta;

    private final double[] node;
    /** 1 less the node. */
    private final double[] rest;

    /** The node times its rest. */
    private final double[] spread;

    /** [arm][node], those of an arm side by side; arms of equal posteriors share theirs until one of them learns. */
    private final double[][] survival;

    private final double[][] hazard;
    /** Whether an arm's numbers are its alone. */
    private final boolean[] own;
    /** [node], the quadrature's weight times the product over all arms. */
    private final double[] weightedSurvival;
    /** [node], the sum over all arms. */
    private final double[] hazards;
    /** [node], of the lowest mean. */
    private final double[] mass;

    private final double[] panelMass;
    private double total;
    private final double builtTotal;

    /**
     * @param alpha of each arm's posterior, at least 1
     * @param beta of each arm's posterior, at least 1
     */
    BetaQuadrature(long[] alpha, long[] beta) {
        this.arms = alpha.length;
        this.alpha = new double[arms];
        this.beta = new double[arms];
        for (int arm = 0; arm < arms; arm++) {
            this.alpha[arm] = alpha[arm];
            this.beta[arm] = beta[arm];
        }
        Posteriors posteriors = Posteriors.of(alpha, beta);
        List<Panel> panels = new ArrayList<>();
        halve(posteriors, 0, 1, 1, 0, panels);
        int nodes = panels.size() * ON_A_PANEL;
        this.node = new double[nodes];
        this.rest = new double[nodes];
        this.spread = new double[nodes];
        double[][] survivals = new double[posteriors.kinds().size()][nodes];
        double[][] kindHazards = new double[survivals.length][nodes];
        this.weightedSurvival = new double[nodes];
        this.hazards = new double[nodes];
        this.mass = new double[nodes];
        this.panelMass = new double[panels.size()];
        for (int panel = 0; panel < panels.size(); panel++) {
            put(panel * ON_A_PANEL, panels.get(panel), survivals, kindHazards);
        }
        this.survival = new double[arms][];
        this.hazard = new double[arms][];
        for (int arm = 0; arm < arms; arm++) {
            survival[arm] = survivals[posteriors.kindOf()[arm]];
            hazard[arm] = kindHazards[posteriors.kindOf()[arm]];
        }
        this.own = new boolean[arms];
        addUp();
        this.builtTotal = total;
    }

    /**
     * The arms' posteriors. Many arms have few kinds of them, at first a single one; what is costly is computed once a kind.
     *
     * @param kindOf the place of each arm's among them
     */
    private record Posteriors(List<BetaDistribution> kinds, int[] kindOf) {

        private record Parameters(long alpha, long beta) {}

        static Posteriors of(long[] alpha, long[] beta) {
            Map<Parameters, Integer> places = new HashMap<>();
            List<BetaDistribution> kinds = new ArrayList<>();
            int[] kindOf = new int[alpha.length];
            for (int arm = 0; arm < alpha.length; arm++) {
                Parameters parameters = new Parameters(alpha[arm], beta[arm]);
                Integer place = places.putIfAbsent(parameters, kinds.size());
                if (place == null) {
                    place = kinds.size();
                    kinds.add(BetaDistribution.of(alpha[arm], beta[arm]));
                }
                kindOf[arm] = place;
            }
            return new Posteriors(kinds, kindOf);
        }

        /** The product over all arms of what is given by kind. */
        double product(double[] factors) {
            double product = 1;
            for (int kind : kindOf) {
                product *= factors[kind];
            }
            return product;
        }

        /** The sum over all arms of what is given by kind. */
        double sum(double[] summands) {
            double sum = 0;
            for (int kind : kindOf) {
                sum += summands[kind];
            }
            return sum;
        }

        double survival(double x) {
            return product(kinds.stream()
                    .mapToDouble(kind -> kind.survivalProbability(x))
                    .toArray());
        }
    }

    /** All kinds at the nodes of a panel: [node][kind]; products and sums over all arms: [node]. */
    private record Panel(
            double left, double right, double[][] survival, double[][] hazard, double[] product, double[] sum) {

        static Panel of(Posteriors posteriors, double left, double right) {
            List<BetaDistribution> kinds = posteriors.kinds();
            double[][] survival = new double[ON_A_PANEL][kinds.size()];
            double[][] hazard = new double[ON_A_PANEL][kinds.size()];
            double[] product = new double[ON_A_PANEL];
            double[] sum = new double[ON_A_PANEL];
            for (int k = 0; k < ON_A_PANEL; k++) {
                double x = node(left, right, k);
                for (int kind = 0; kind < kinds.size(); kind++) {
                    survival[k][kind] = Math.max(LEAST_SURVIVAL, kinds.get(kind).survivalProbability(x));
                    hazard[k][kind] = kinds.get(kind).density(x) / survival[k][kind];
                }
                product[k] = posteriors.product(survival[k]);
                sum[k] = posteriors.sum(hazard[k]);
            }
            return new Panel(left, right, survival, hazard, product, sum);
        }

        static double node(double left, double right, int k) {
            double point = k % 2 == 0 ? POINTS[k / 2] : -POINTS[k / 2];
            return 0.5 * (left + right) + 0.5 * (right - left) * point;
        }

        static double weight(double left, double right, int k) {
            return 0.5 * (right - left) * WEIGHTS[k / 2];
        }

        double mass() {
            double mass = 0;
            for (int k = 0; k < ON_A_PANEL; k++) {
                mass += weight(left, right, k) * product[k] * sum[k];
            }
            return mass;
        }
    }

    /** Adds the panels that an interval needs, from the left to the right. */
    private static void halve(
            Posteriors posteriors, double left, double right, double above, double below, List<Panel> panels) {
        double inside = above - below;
        if (inside < NEGLIGIBLE) {
            return;
        }
        double tolerance = Math.max(PANEL_ERROR, inside * rounding(posteriors, left, right));
        if (inside <= MOST_ON_A_PANEL) {
            Panel panel = Panel.of(posteriors, left, right);
            if (Math.abs(panel.mass() - inside) <= tolerance) {
                panels.add(panel);
                return;
            }
        }
        double middle = 0.5 * (left + right);
        double between = posteriors.survival(middle);
        halve(posteriors, left, middle, above, between, panels);
        halve(posteriors, middle, right, between, below, panels);
    }

    /** The relative error of what is rounded: the place of a node on its panel, and densities of so many observations. */
    private static double rounding(Posteriors posteriors, double left, double right) {
        double observations = 0;
        for (BetaDistribution posterior : posteriors.kinds()) {
            observations = Math.max(observations, posterior.getAlpha() + posterior.getBeta());
        }
        return ON_A_PANEL * Math.ulp(right) / (right - left) + observations * Math.ulp(1.0);
    }

    private void put(int first, Panel panel, double[][] survivals, double[][] kindHazards) {
        for (int k = 0; k < ON_A_PANEL; k++) {
            int at = first + k;
            node[at] = Panel.node(panel.left(), panel.right(), k);
            rest[at] = 1 - node[at];
            spread[at] = node[at] * rest[at];
            weightedSurvival[at] = Panel.weight(panel.left(), panel.right(), k) * panel.product()[k];
            hazards[at] = panel.sum()[k];
            for (int kind = 0; kind < survivals.length; kind++) {
                survivals[kind][at] = panel.survival()[k][kind];
                kindHazards[kind][at] = panel.hazard()[k][kind];
            }
            mass[at] = weightedSurvival[at] * hazards[at];
        }
    }

    private void addUp() {
        total = 0;
        for (int panel = 0; panel < panelMass.length; panel++) {
            double sum = 0;
            for (int at = panel * ON_A_PANEL; at < (panel + 1) * ON_A_PANEL; at++) {
                sum += mass[at];
            }
            panelMass[panel] = sum;
            total += sum;
        }
    }

    /** Counts one more failure (alpha) or success (beta) of an arm. */
    void observe(int arm, boolean failure) {
        if (!own[arm]) {
            survival[arm] = survival[arm].clone();
            hazard[arm] = hazard[arm].clone();
            own[arm] = true;
        }
        double sum = alpha[arm] + beta[arm];
        double parameter = failure ? alpha[arm]++ : beta[arm]++;
        double growth = sum / parameter;
        double step = (failure ? 1 : -1) / parameter;
        step(survival[arm], hazard[arm], failure ? node : rest, growth, step);
        addUp();
    }

    private void step(double[] survival, double[] hazard, double[] factor, double growth, double step) {
        double[] spread = this.spread;
        double[] weightedSurvival = this.weightedSurvival;
        double[] hazards = this.hazards;
        double[] mass = this.mass;
        for (int at = 0; at < survival.length; at++) {
            double survived = survival[at];
            double before = hazard[at];
            double density = before * survived;
            double survives = Math.max(LEAST_SURVIVAL, survived + step * density * spread[at]);
            double both = 1 / (survived * survives); // one division instead of two
            double after = density * factor[at] * growth * (survived * both);
            double all = weightedSurvival[at] * (survives * survives * both);
            double sum = hazards[at] + (after - before);
            survival[at] = survives;
            hazard[at] = after;
            weightedSurvival[at] = all;
            hazards[at] = sum;
            mass[at] = Math.max(0, all * sum);
        }
    }

    /** Whether the panels no longer fit the posteriors, so that it must be built anew. */
    boolean isStale() {
        return !(Math.abs(total - builtTotal) <= STALE_ERROR);
    }

    /** An arm, by the probability that its mean is lowest. */
    int draw(RandomGenerator random) {
        int at = node(random.nextDouble() * total);
        double left = random.nextDouble() * hazards[at];
        int chosen = 0;
        for (int arm = 0; arm < arms; arm++) {
            double share = hazard[arm][at];
            if (share > 0) {
                chosen = arm; // the last one that can be, where rounding leaves something over
                left -= share;
                if (left < 0) {
                    break;
                }
            }
        }
        return chosen;
    }

    private int node(double target) {
        double left = target;
        int panel = 0;
        while (panel < panelMass.length - 1 && left >= panelMass[panel]) {
            left -= panelMass[panel++];
        }
        int at = panel * ON_A_PANEL;
        while (at < panel * ON_A_PANEL + ON_A_PANEL - 1 && left >= mass[at]) {
            left -= mass[at++];
        }
        return at;
    }

    /** The probability that an arm's mean is lowest: that with which {@link #draw} gives the arm. */
    double probability(int arm) {
        double[] own = hazard[arm];
        double even = 0;
        double odd = 0; // two sums do not wait for each other
        for (int at = 0; at < node.length; at += 2) {
            even += weightedSurvival[at] * own[at];
            odd += weightedSurvival[at + 1] * own[at + 1];
        }
        return Math.min(1, (even + odd) / total);
    }
}
