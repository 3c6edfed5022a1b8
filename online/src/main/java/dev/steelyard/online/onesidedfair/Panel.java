package dev.steelyard.online.onesidedfair;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Auditors who compare the probabilities with which individuals are accepted. Auditor j objects to an ordered pair (x,
 * x') if pi(x) - pi(x') &gt; d_j(x, x') + alpha; the panel reports a pair to which at least a share gamma objects. It acts
 * as one auditor whose dissimilarity is the ceil(gamma m)-th smallest of its members'.
 */
public final class Panel {

    /** gamma m is computed in floating point: .6 * 5 must stay 3. */
    private static final double ROUNDING = 1e-12;

    private final List<Dissimilarity> auditors;
    private final double alpha;
    private final double gamma;

    /**
     * @param auditors at least one
     * @param alpha difference beyond the dissimilarity that is tolerated, at least 0
     * @param gamma share of the panel that must object to the same pair, in (0, 1]
     */
    public Panel(List<Dissimilarity> auditors, double alpha, double gamma) {
        if (auditors.isEmpty()) {
            throw new IllegalArgumentException("a panel needs at least one auditor");
        }
        requireAlpha(alpha);
        quorum(auditors.size(), gamma);
        this.auditors = List.copyOf(auditors);
        this.alpha = alpha;
        this.gamma = gamma;
    }

    static void requireAlpha(double alpha) {
        if (!(alpha >= 0)) {
            throw new IllegalArgumentException("alpha must be at least 0, not " + alpha);
        }
    }

    /**
     * How many of a panel must object: ceil(gamma m), at least 1.
     *
     * @throws IllegalArgumentException if gamma is not in (0, 1] or the panel is empty
     */
    public static int quorum(int auditors, double gamma) {
        if (auditors < 1) {
            throw new IllegalArgumentException("a panel needs at least one auditor, not " + auditors);
        }
        if (!(gamma > 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma must be in (0, 1], not " + gamma);
        }
        return Math.max(1, (int) Math.ceil(gamma * auditors - ROUNDING));
    }

    public int size() {
        return auditors.size();
    }

    public double alpha() {
        return alpha;
    }

    public double gamma() {
        return gamma;
    }

    /**
     * The dissimilarity of the one auditor that the panel amounts to.
     *
     * @throws IllegalArgumentException if an auditor's is outside [0, 1]
     */
    public double dissimilarity(double[] x, double[] other) {
        double[] all = new double[auditors.size()];
        for (int j = 0; j < all.length; j++) {
            all[j] = between(j, x, other);
        }
        Arrays.sort(all);
        return all[quorum(all.length, gamma) - 1];
    }

    /**
     * The pair that is violated most, the earliest in order of numbers on a tie; empty if none is.
     *
     * @param batch instances
     * @param probabilities with which each is accepted
     * @throws IllegalArgumentException if a probability is outside [0, 1] or a dissimilarity is, or that of an instance
     *     and itself is not 0
     */
    public Optional<OrderedPair> audit(double[][] batch, double[] probabilities) {
        requireBatch(batch, probabilities);
        OrderedPair worst = null;
        double excess = 0;
        for (int i = 0; i < batch.length; i++) {
            for (int k = 0; k < batch.length; k++) {
                double difference = probabilities[i] - probabilities[k];
                if (difference <= alpha) {
                    continue;
                }
                double tolerated = dissimilarity(batch[i], batch[k]) + alpha;
                if (difference > tolerated && (worst == null || difference - tolerated > excess)) {
                    excess = difference - tolerated;
                    worst = new OrderedPair(i, k);
                }
            }
        }
        return Optional.ofNullable(worst);
    }

    /** Every auditor's every objection, whatever gamma is. */
    public List<Objection> objections(double[][] batch, double[] probabilities) {
        requireBatch(batch, probabilities);
        List<Objection> objections = new ArrayList<>();
        for (int i = 0; i < batch.length; i++) {
            for (int k = 0; k < batch.length; k++) {
                for (int j = 0; i != k && j < auditors.size(); j++) {
                    if (probabilities[i] - probabilities[k] > between(j, batch[i], batch[k]) + alpha) {
                        objections.add(new Objection(new OrderedPair(i, k), j));
                    }
                }
            }
        }
        return objections;
    }

    private double between(int auditor, double[] x, double[] other) {
        double between = auditors.get(auditor).between(x, other);
        if (!(between >= 0 && between <= 1)) {
            throw new IllegalArgumentException("auditor " + auditor + " gives the dissimilarity " + between + " of "
                    + Arrays.toString(x) + " and " + Arrays.toString(other) + "; it must be in [0, 1]");
        }
        return between;
    }

    private void requireBatch(double[][] batch, double[] probabilities) {
        if (batch.length != probabilities.length) {
            throw new IllegalArgumentException(
                    "there are " + batch.length + " instances but " + probabilities.length + " probabilities");
        }
        for (int i = 0; i < batch.length; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException(
                        "the probability of instance " + i + " is " + probabilities[i] + "; it must be in [0, 1]");
            }
            for (int j = 0; j < auditors.size(); j++) {
                double itself = auditors.get(j).between(batch[i], batch[i]);
                if (itself != 0) {
                    throw new IllegalArgumentException("auditor " + j + " gives the dissimilarity " + itself
                            + " of instance " + i + " and itself; it must be 0");
                }
            }
        }
    }
}
