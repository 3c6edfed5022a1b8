package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;

/**
 * {@link SupervisedLearner} for sparse instances, over a {@link SparseOptimizer}: predictions and steps cost in proportion
 * to an instance's entries, also with millions of features, and of a decision whose label comes late only its score is
 * kept.
 *
 * <pre>{@code
 * var hashing = new FeatureHashing(18);
 * var weights = Ball.aroundZero(hashing.features() + 1, 10);
 * var learner = new SparseLearner(ScalarLoss.LOGISTIC, hashing.features(), true,
 *         SparseMirrorDescent.of(weights, schedule));
 * double probability = learner.predict(hashing.hash(Map.of("word=rain", 1.0)));
 * }</pre>
 *
 * <p>Of the methods here gradient and optimistic mirror descent on balls and boxes are sparse. Simplices and l1 balls are
 * projected by sorting, leaders and the two-layer method compare whole points, proximal steps bisect over projections, and
 * Newton steps have full matrices: with those an example costs O(d) or more, in a {@link SupervisedLearner}.
 */
public final class SparseLearner implements OnlineLearner<SparseVector, Double, Double> {

    private final ScalarLoss loss;
    private final int features;
    private final boolean intercept;
    private final SparseOptimizer optimizer;
    private final CompensatedSum suffered = new CompensatedSum();
    private PendingDecisions<Asked> pending = new PendingDecisions<>();
    private long examples;

    private record Asked(SparseVector instance, double score) {}

    /**
     * @param features indices of instances are below it
     * @param intercept whether the last weight is added to every score
     * @param optimizer of one weight a feature, and one more with an intercept
     * @throws IllegalArgumentException if the optimiser's points are of another dimension
     */
    public SparseLearner(ScalarLoss loss, int features, boolean intercept, SparseOptimizer optimizer) {
        int weights = features + (intercept ? 1 : 0);
        if (features < 1 || optimizer.domain().dimension() != weights) {
            throw new IllegalArgumentException("features must be at least 1 and the domain of dimension " + weights
                    + (intercept ? ", one for the intercept" : "") + ", not " + features + " and "
                    + optimizer.domain().dimension());
        }
        this.loss = loss;
        this.features = features;
        this.intercept = intercept;
        this.optimizer = optimizer;
    }

    @Override
    public String name() {
        return "sparse " + optimizer.name();
    }

    /** The weights of this round, that of the intercept last; O(d). */
    public double[] weights() {
        return optimizer.point();
    }

    /** How many examples were learnt. */
    public long examples() {
        return examples;
    }

    /** The mean loss of the predictions, each made before its label was learnt: progressive validation. NaN for none. */
    public double meanLoss() {
        return suffered.value() / examples;
    }

    /**
     * A prediction: the score, or with the logistic loss the probability of the positive class.
     *
     * @throws IllegalArgumentException if the instance has a feature too many
     */
    public double predict(SparseVector instance) {
        return loss.prediction(optimizer.score(read(instance)));
    }

    /**
     * Learns an example.
     *
     * @return the loss of the prediction before
     * @throws IllegalArgumentException if the instance or the label is wrong; nothing is learnt then
     */
    public double learn(SparseVector instance, double label) {
        SparseVector read = read(instance);
        return learn(read, optimizer.score(read), label);
    }

    private double learn(SparseVector read, double score, double label) {
        loss.requireLabel(label);
        optimizer.observe(read.times(loss.slope(score, label)));
        double value = loss.value(score, label);
        suffered.add(value);
        examples++;
        return value;
    }

    private SparseVector read(SparseVector instance) {
        instance.requireWithin(features);
        return intercept ? instance.append(features, 1) : instance;
    }

    @Override
    public Decision<Double> decide(SparseVector instance) {
        SparseVector read = read(instance);
        double score = optimizer.score(read);
        return new Decision<>(pending.open(new Asked(read, score)), loss.prediction(score), 1);
    }

    /** The gradient is that at the weights that predicted. */
    @Override
    public void feedback(long decision, Double label) {
        Asked asked = pending.get(decision);
        if (label == null) {
            throw new InvalidOutcomeException("the label of decision " + decision + " is missing");
        }
        learn(asked.instance(), asked.score(), label);
        pending.close(decision);
    }

    @Override
    public void expire(long decision) {
        pending.close(decision);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        return State.of(name())
                .put("optimizer", optimizer.snapshot())
                .put("examples", examples)
                .put("suffered", suffered.parts())
                .put("pending", pending.state(asked -> State.of("asked")
                        .put("instance", asked.instance().state())
                        .put("score", asked.score())));
    }

    @Override
    public void restore(State snapshot) {
        int dimension = optimizer.domain().dimension();
        long savedExamples = snapshot.require(name()).integer("examples");
        double[] savedSuffered = CompensatedSum.parts(snapshot, "suffered");
        PendingDecisions<Asked> saved = PendingDecisions.from(
                snapshot.state("pending"),
                asked -> new Asked(
                        SparseVector.from(asked.require("asked").state("instance"), dimension), asked.number("score")));
        optimizer.restore(snapshot.state("optimizer"));
        examples = savedExamples;
        suffered.restore(savedSuffered);
        pending = saved;
    }
}
