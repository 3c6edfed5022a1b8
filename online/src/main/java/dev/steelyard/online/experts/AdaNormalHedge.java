package dev.steelyard.online.experts;

import dev.steelyard.core.state.State;
import dev.steelyard.online.MetaLearner;
import java.util.Arrays;

/**
 * AdaNormalHedge (H. Luo, R. Schapire, Achieving All with No Parameters, COLT 2015) with sleeping experts: parameter-free.
 * An expert's weight is (Phi(R+1, C+1) - Phi(R-1, C+1))/2 with Phi(R, C) = exp(max(R, 0)^2/(3C)), where R is the regret to
 * it and C the sum of the regret's sizes, both over the rounds in which it was awake.
 */
public final class AdaNormalHedge implements MetaLearner {

    private static final String NAME = "ada-normal-hedge";

    private final double[] logPrior;
    private double[] regret;
    private double[] size;

    /** A uniform prior. */
    public AdaNormalHedge(int experts) {
        this(uniform(experts));
    }

    /** @param prior positive weights, which need not sum to 1 */
    public AdaNormalHedge(double[] prior) {
        if (prior.length == 0) {
            throw new IllegalArgumentException("there must be at least one expert");
        }
        for (int i = 0; i < prior.length; i++) {
            if (!(prior[i] > 0) || Double.isInfinite(prior[i])) {
                throw new IllegalArgumentException("the prior of expert " + i + " must be positive, not " + prior[i]);
            }
        }
        this.logPrior = Arrays.stream(prior).map(Math::log).toArray();
        this.regret = new double[prior.length];
        this.size = new double[prior.length];
    }

    private static double[] uniform(int experts) {
        double[] prior = new double[Math.max(0, experts)];
        Arrays.fill(prior, 1);
        return prior;
    }

    /** The logarithm of an expert's weight; minus infinity from R = -1 down. */
    public static double logWeight(double regret, double size) {
        double above = Math.max(regret + 1, 0);
        double below = Math.max(regret - 1, 0);
        double a = above * above / (3 * (size + 1));
        double b = below * below / (3 * (size + 1));
        return a == b ? Double.NEGATIVE_INFINITY : a + Math.log(-Math.expm1(b - a)) - Math.log(2);
    }

    @Override
    public int experts() {
        return regret.length;
    }

    /** Experts that came later have prior weight 1. */
    private double logPrior(int expert) {
        return expert < logPrior.length ? logPrior[expert] : 0;
    }

    /**
     * Makes room for experts that appear over time, which have prior weight 1 and begin with neither regret nor size; the
     * guarantee counts the experts so far.
     *
     * @param experts how many there are now; fewer than there are already change nothing
     */
    public void grow(int experts) {
        if (experts > regret.length) {
            regret = Arrays.copyOf(regret, experts);
            size = Arrays.copyOf(size, experts);
        }
    }

    /** R of an expert. */
    public double regret(int expert) {
        return regret[expert];
    }

    /** C of an expert. */
    public double size(int expert) {
        return size[expert];
    }

    @Override
    public double[] weigh(int[] awake, double[] hints) {
        AwakeExperts.require(awake, regret.length);
        double[] logarithms = new double[awake.length];
        Arrays.setAll(logarithms, i -> logPrior(awake[i]) + logWeight(regret[awake[i]], size[awake[i]]));
        return AwakeExperts.softmax(logarithms);
    }

    @Override
    public void learn(int[] awake, double[] probabilities, double[] hints, double[] losses) {
        AwakeExperts.require(awake, regret.length);
        AwakeExperts.requireLosses(awake, probabilities, losses);
        double mean = 0;
        for (int i = 0; i < awake.length; i++) {
            mean += probabilities[i] * losses[i];
        }
        for (int i = 0; i < awake.length; i++) {
            double instant = mean - losses[i];
            regret[awake[i]] += instant;
            size[awake[i]] += Math.abs(instant);
        }
    }

    /** Multiplies regrets and sizes of the awake experts by a factor in [0, 1], against drift; 0 lets them begin anew. */
    public void forget(int[] awake, double factor) {
        for (int expert : awake) {
            regret[expert] *= factor;
            size[expert] *= factor;
        }
    }

    @Override
    public State snapshot() {
        return State.of(NAME).put("regret", regret).put("size", size);
    }

    @Override
    public void restore(State snapshot) {
        load(snapshot, regret.length).run();
    }

    /**
     * Reads what {@link #snapshot} wrote and gives what puts it in place.
     *
     * @param experts how many the snapshot must have
     * @throws dev.steelyard.core.state.StateException if the snapshot is another's or of another number of experts
     */
    public Runnable load(State saved, int experts) {
        double[] savedRegret = saved.require(NAME).doubles("regret", experts);
        double[] savedSize = saved.doubles("size", experts);
        return () -> {
            regret = savedRegret;
            size = savedSize;
        };
    }
}
