package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import java.util.Arrays;
import java.util.List;

/**
 * A linear model that predicts first and learns afterwards: linear regression by {@link ScalarLoss#SQUARED} or {@link
 * ScalarLoss#ABSOLUTE}, classification by {@link ScalarLoss#LOGISTIC} or {@link ScalarLoss#HINGE}, over any optimiser.
 *
 * <pre>{@code
 * var learner = new SupervisedLearner(ScalarLoss.SQUARED, 3, true, WeightLearner.byGradients(optimizer));
 * for (Example example : examples) {
 *     double guess = learner.predict(example.features());
 *     learner.learn(example.features(), example.label());
 * }
 * learner.meanLoss();     // of predictions made before their label was learnt
 * }</pre>
 *
 * <p>As an {@link OnlineLearner} it takes labels that come late, each with the gradient at the weights that predicted it.
 * Predictions are deterministic, so that their propensity is 1.
 */
public final class SupervisedLearner implements OnlineLearner<double[], Double, Double> {

    private final ScalarLoss loss;
    private final int features;
    private final boolean intercept;
    private final WeightLearner learner;
    private final CompensatedSum suffered = new CompensatedSum();
    private PendingDecisions<Asked> pending = new PendingDecisions<>();
    private long examples;

    private record Asked(double[] instance, double[] weights) {}

    /**
     * @param features length of an instance
     * @param intercept whether the last weight is added to every score
     * @param learner of one weight a feature, and one more with an intercept
     * @throws IllegalArgumentException if the learner's points are of another dimension
     */
    public SupervisedLearner(ScalarLoss loss, int features, boolean intercept, WeightLearner learner) {
        int weights = features + (intercept ? 1 : 0);
        if (features < 1 || learner.domain().dimension() != weights) {
            throw new IllegalArgumentException("features must be at least 1 and the domain of dimension " + weights
                    + (intercept ? ", one for the intercept" : "") + ", not " + features + " and "
                    + learner.domain().dimension());
        }
        this.loss = loss;
        this.features = features;
        this.intercept = intercept;
        this.learner = learner;
    }

    @Override
    public String name() {
        return "supervised " + learner.name();
    }

    /** The weights of this round, that of the intercept last. */
    public double[] weights() {
        return learner.weights();
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
     * @throws IllegalArgumentException if the instance has another length or an entry is not finite
     */
    public double predict(double[] instance) {
        return loss.prediction(Vectors.dot(learner.weights(), read(instance)));
    }

    /**
     * Learns an example.
     *
     * @return the loss of the prediction before
     * @throws IllegalArgumentException if the instance or the label is wrong; nothing is learnt then
     */
    public double learn(double[] instance, double label) {
        ModelLoss example = new ModelLoss(loss, read(instance), label);
        double[] weights = learner.weights();
        learner.learn(example, weights);
        return count(example, weights);
    }

    /**
     * Learns a batch as one round, or as its learner does batches.
     *
     * @return the mean loss of the predictions before
     * @throws IllegalArgumentException if the batch is empty, or an instance or a label is wrong; nothing is learnt then
     */
    public double learnBatch(List<Example> batch) {
        if (batch.isEmpty()) {
            throw new InvalidOutcomeException("a batch must hold at least one example");
        }
        List<ModelLoss> losses = batch.stream()
                .map(example -> new ModelLoss(loss, read(example.features()), example.label()))
                .toList();
        double[] weights = learner.weights();
        learner.learnBatch(losses, weights);
        double sum = 0;
        for (ModelLoss each : losses) {
            sum += count(each, weights);
        }
        return sum / batch.size();
    }

    private double count(ModelLoss example, double[] weights) {
        double value = example.value(weights);
        suffered.add(value);
        examples++;
        return value;
    }

    private double[] read(double[] instance) {
        if (instance.length != features) {
            throw new IllegalArgumentException("the instance has " + instance.length + " features where " + features
                    + " are expected; the dimension must not change");
        }
        for (int i = 0; i < features; i++) {
            if (!Double.isFinite(instance[i])) {
                throw new IllegalArgumentException(
                        "feature " + i + " of the instance is " + instance[i] + "; it must be finite");
            }
        }
        double[] read = Arrays.copyOf(instance, features + (intercept ? 1 : 0));
        if (intercept) {
            read[features] = 1;
        }
        return read;
    }

    @Override
    public Decision<Double> decide(double[] instance) {
        double[] read = read(instance);
        double[] weights = learner.weights();
        long id = pending.open(new Asked(read, weights));
        return new Decision<>(id, loss.prediction(Vectors.dot(weights, read)), 1);
    }

    @Override
    public void feedback(long decision, Double label) {
        Asked asked = pending.get(decision);
        if (label == null) {
            throw new InvalidOutcomeException("the label of decision " + decision + " is missing");
        }
        ModelLoss example = new ModelLoss(loss, asked.instance(), label);
        learner.learn(example, asked.weights());
        count(example, asked.weights());
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
                .put("learner", learner.snapshot())
                .put("examples", examples)
                .put("suffered", suffered.parts())
                .put("pending", pending.state(asked -> State.of("asked")
                        .put("instance", asked.instance())
                        .put("weights", asked.weights())));
    }

    @Override
    public void restore(State snapshot) {
        int dimension = learner.domain().dimension();
        long savedExamples = snapshot.require(name()).integer("examples");
        double[] savedSuffered = CompensatedSum.parts(snapshot, "suffered");
        PendingDecisions<Asked> saved = PendingDecisions.from(
                snapshot.state("pending"),
                asked -> new Asked(
                        asked.require("asked").doubles("instance", dimension), asked.doubles("weights", dimension)));
        learner.restore(snapshot.state("learner"));
        examples = savedExamples;
        suffered.restore(savedSuffered);
        pending = saved;
    }
}
