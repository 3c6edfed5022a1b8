package dev.steelyard.online.experts;

import dev.steelyard.core.state.State;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.MetaLearner;
import java.util.Arrays;

/**
 * AdaNormalHedge over experts that may sleep: an expert with regret R and absolute regret C weighs (Phi(R+1, C+1) -
 * Phi(R-1, C+1)) / 2 with Phi(R, C) = exp(max(R, 0)^2 / 3C). H. Luo, R. Schapire, Achieving All with No Parameters:
 * AdaNormalHedge, COLT 2015. Weights are kept as logarithms, so that long runs do not overflow.
 */
public final class AdaNormalHedge implements MetaLearner {

    private static final String OWNER = "ada-normal-hedge";

    private final double[] logPrior;
    private final double memory;
    private final double[] regrets;
    private final double[] absolutes;

    /** With equal priors and no forgetting. */
    public AdaNormalHedge(int experts) {
        this(uniform(experts), 1);
    }

    /**
     * @param prior a factor of each expert's weight, above 0
     * @param memory what R and C are multiplied by before each round of the expert; 1 forgets nothing; in (0, 1]
     * @throws IllegalArgumentException if a value is out of range
     */
    public AdaNormalHedge(double[] prior, double memory) {
        if (prior.length == 0) {
            throw new IllegalArgumentException("there must be at least one expert");
        }
        for (int i = 0; i < prior.length; i++) {
            if (!(prior[i] > 0 && prior[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("the prior of expert " + i + " must be above 0, not " + prior[i]);
            }
        }
        if (!(memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException("memory must be in (0, 1], not " + memory);
        }
        this.logPrior = Arrays.stream(prior).map(Math::log).toArray();
        this.memory = memory;
        this.regrets = new double[prior.length];
        this.absolutes = new double[prior.length];
    }

    /** The logarithm of the weight of regret R and absolute regret C; negative infinity if R is at most -1. */
    public static double logWeight(double regret, double absolute) {
        double scale = 3 * (absolute + 1);
        double above = Math.max(regret + 1, 0);
        double below = Math.max(regret - 1, 0);
        double a = above * above / scale;
        double b = below * below / scale;
        return a == b ? Double.NEGATIVE_INFINITY : a + Math.log(-Math.expm1(b - a)) - Math.log(2);
    }

    @Override
    public int experts() {
        return regrets.length;
    }

    /** R of every expert. */
    public double[] regrets() {
        return regrets.clone();
    }

    /** C of every expert. */
    public double[] absoluteRegrets() {
        return absolutes.clone();
    }

    /** Hints are not used. */
    @Override
    public double[] weigh(int[] awake, double[] hints) {
        double[] weights = new double[awake.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < awake.length; i++) {
            weights[i] = logWeight(regrets[awake[i]], absolutes[awake[i]]) + logPrior[awake[i]];
            largest = Math.max(largest, weights[i]);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            Arrays.fill(weights, 1.0 / awake.length);
            return weights;
        }
        double sum = 0;
        for (int i = 0; i < awake.length; i++) {
            weights[i] = Math.exp(weights[i] - largest);
            sum += weights[i];
        }
        for (int i = 0; i < awake.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    @Override
    public void learn(int[] awake, double[] probabilities, double[] hints, double[] losses) {
        double expected = 0;
        for (int i = 0; i < awake.length; i++) {
            if (!Double.isFinite(losses[i])) {
                throw new InvalidOutcomeException(
                        "the loss of expert " + awake[i] + " is " + losses[i] + "; it must be finite");
            }
            expected += probabilities[i] * losses[i];
        }
        for (int i = 0; i < awake.length; i++) {
            double regret = expected - losses[i];
            regrets[awake[i]] = memory * regrets[awake[i]] + regret;
            absolutes[awake[i]] = memory * absolutes[awake[i]] + Math.abs(regret);
        }
    }

    @Override
    public State snapshot() {
        return State.of(OWNER).put("regrets", regrets).put("absolutes", absolutes);
    }

    @Override
    public void restore(State snapshot) {
        double[] savedRegrets = snapshot.require(OWNER).doubles("regrets", regrets.length);
        double[] savedAbsolutes = snapshot.doubles("absolutes", regrets.length);
        System.arraycopy(savedRegrets, 0, regrets, 0, regrets.length);
        System.arraycopy(savedAbsolutes, 0, absolutes, 0, absolutes.length);
    }

    private static double[] uniform(int experts) {
        double[] prior = new double[Math.max(0, experts)];
        Arrays.fill(prior, 1);
        return prior;
    }
}
