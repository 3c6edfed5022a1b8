package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import java.util.List;

/**
 * Accepts or rejects batches of instances so that neither errors nor violations of individual fairness keep growing with
 * the rounds, though outcomes are seen of accepted instances only and the auditors' measure of similarity is never seen.
 *
 * <pre>{@code
 * var engine = new ExponentialWeights(hypotheses);
 * var learner = new FairOneSidedLearner(engine, OneSidedFairOptions.forHorizon(10_000, 4), seed);
 * Decision<BatchDecision> decision = learner.decide(batch);
 * learner.reportObjection(decision.id(), new OrderedPair(0, 2), auditor);   // the panel, on the probabilities
 * learner.reportOutcome(decision.id(), 0, 1);                              // months later
 * learner.close(decision.id());
 * }</pre>
 *
 * <p>The feedback of a batch may come whole ({@link #feedback}) or piece by piece. Each piece is learnt when it comes, with
 * the probabilities of decision time. Accepted instances whose outcome never comes are left out; the costs of rejected
 * ones count when the batch is closed. What is tolerated beyond similarity (alpha) is the panel's affair: {@link Panel}.
 *
 * <p>Bechavod, Roth: Individually Fair Learning with One-Sided Feedback, ICML 2023, arXiv 2206.04475.
 */
public final class FairOneSidedLearner implements OnlineLearner<double[][], BatchDecision, BatchOutcome> {

    private static final String NAME = "one-sided-fair";

    private final FairEngine engine;
    private final OneSidedFairOptions options;
    private final RestorableRandom random;
    private PendingDecisions<Round> pending = new PendingDecisions<>();

    /**
     * @param engine weighs the hypotheses; used by this learner alone
     * @param seed of the draws
     */
    public FairOneSidedLearner(FairEngine engine, OneSidedFairOptions options, long seed) {
        this.engine = engine;
        this.options = options;
        this.random = new RestorableRandom(seed);
        engine.begin(Math.max(1, options.horizon()), options.batchSize(), options.penalty());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The probability with which the policy of the next batch accepts an instance. */
    public double policy(double[] x) {
        RestorableRandom next = RestorableRandom.from(random.state());
        if (!restartIsDue()) {
            return engine.probability(x, next);
        }
        // The next batch begins a new epoch; what is known now still learns until then.
        Runnable back = engine.load(engine.state());
        restart();
        double probability = engine.probability(x, next);
        back.run();
        return probability;
    }

    /**
     * Decides a batch.
     *
     * @param batch instances, one a row
     * @throws IllegalArgumentException if the batch is empty or a feature is NaN
     */
    @Override
    public Decision<BatchDecision> decide(double[][] batch) {
        requireBatch(batch);
        if (restartIsDue()) {
            restart();
        }
        double[][] kept = new double[batch.length][];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = batch[i].clone();
        }
        FairEngine.Play play = engine.play(kept, options.drawing(), random);
        long id = pending.open(new Round(kept, play));
        BatchDecision decision = new BatchDecision(
                play.accepted().clone(),
                play.probabilities().clone(),
                play.drawn().clone());
        return new Decision<>(id, decision, play.propensity());
    }

    private void requireBatch(double[][] batch) {
        if (batch == null || batch.length == 0) {
            throw new IllegalArgumentException(
                    "batch " + pending.made() + " is empty; a decision needs at least one instance");
        }
        for (int i = 0; i < batch.length; i++) {
            if (batch[i] == null || batch[i].length != batch[0].length) {
                throw new IllegalArgumentException("instance " + i + " of batch " + pending.made()
                        + " is missing or has another length than instance 0");
            }
            for (double feature : batch[i]) {
                if (Double.isNaN(feature)) {
                    throw new IllegalArgumentException(
                            "instance " + i + " of batch " + pending.made() + " has a feature that is NaN");
                }
            }
        }
    }

    /** Doubling: epochs of 1, 2, 4, ... batches, each with the rate of its own length. */
    private boolean restartIsDue() {
        return options.horizon() == 0 && Long.bitCount(pending.made() + 1) == 1;
    }

    private void restart() {
        engine.forget(0);
        engine.begin(pending.made() + 1, options.batchSize(), options.penalty());
    }

    /**
     * Learns all that came of a batch, and closes it.
     *
     * @throws InvalidOutcomeException if there is not one label per instance, if one is neither 0, 1 nor {@link
     *     BatchOutcome#UNSEEN}, if a rejected instance has one, if one was reported before, or if the violation names an
     *     instance outside the batch
     */
    @Override
    public void feedback(long decision, BatchOutcome outcome) {
        Round round = pending.get(decision);
        if (outcome == null || outcome.labels().length != round.batch.length) {
            throw new InvalidOutcomeException("batch " + decision + " has " + round.batch.length
                    + " instances; its outcome must have one label for each, -1 where none was seen");
        }
        for (int i = 0; i < round.batch.length; i++) {
            if (outcome.labels()[i] != BatchOutcome.UNSEEN) {
                requireLabel(decision, round, i, outcome.labels()[i]);
            }
        }
        outcome.violation().ifPresent(pair -> requireNewViolation(decision, round, pair));
        for (int i = 0; i < round.batch.length; i++) {
            if (outcome.labels()[i] != BatchOutcome.UNSEEN) {
                learn(decision, round, i, outcome.labels()[i]);
            }
        }
        outcome.violation().ifPresent(pair -> penalise(decision, round, pair));
        close(decision);
    }

    /**
     * Learns the outcome of an accepted instance.
     *
     * @param label 1 or 0
     * @throws dev.steelyard.online.UnknownDecisionException if the batch is not open
     * @throws InvalidOutcomeException if the instance was rejected, had its outcome, or is not of the batch, or if the
     *     label is neither 0 nor 1
     */
    public void reportOutcome(long decision, int instance, int label) {
        Round round = pending.get(decision);
        requireLabel(decision, round, instance, label);
        learn(decision, round, instance, label);
    }

    /**
     * Counts an auditor's objection; once enough of the panel object to one pair, that is a violation. A batch has at most
     * one violation: the first.
     *
     * @throws dev.steelyard.online.UnknownDecisionException if the batch is not open
     * @throws InvalidOutcomeException if the pair or the auditor does not exist, or if the auditor objected to the pair
     *     before
     */
    public void reportObjection(long decision, OrderedPair pair, int auditor) {
        Round round = pending.get(decision);
        requirePair(decision, round, pair);
        if (auditor < 0 || auditor >= options.auditors()) {
            throw new InvalidOutcomeException("batch " + decision + ": there is no auditor " + auditor
                    + "; the panel has " + options.auditors() + ", counted from 0");
        }
        Objection objection = new Objection(pair, auditor);
        if (round.objections.contains(objection)) {
            throw new InvalidOutcomeException(
                    "batch " + decision + ": auditor " + auditor + " has objected to " + pair + " before");
        }
        round.objections.add(objection);
        if (!round.violated && round.objectors(pair) >= Panel.quorum(options.auditors(), options.gamma())) {
            penalise(decision, round, pair);
        }
    }

    /**
     * The objections that a batch has had so far; keep them for {@link FairnessReport}, which tells of any gamma after the
     * fact.
     *
     * @throws dev.steelyard.online.UnknownDecisionException if the batch is not open
     */
    public List<Objection> objections(long decision) {
        return List.copyOf(pending.get(decision).objections);
    }

    /**
     * Ends a batch: the rejected instances' costs count, and what has not come is no longer waited for.
     *
     * @throws dev.steelyard.online.UnknownDecisionException if the batch is not open
     */
    public void close(long decision) {
        Round round = pending.close(decision);
        for (int i = 0; i < round.batch.length; i++) {
            if (!round.accepted(i) && options.outcomeUse() == OutcomeUse.ONE_SIDED) {
                double zero = Costs.estimateOfZero(
                        options.zeroCost(), false, round.play.inverseZero()[i]);
                add(decision, round.batch[i], 0, zero);
            }
        }
        if (options.memory() < 1) {
            engine.forget(options.memory());
        }
    }

    /** Forgets a batch without learning what has not come, the rejected instances' costs included. */
    @Override
    public void expire(long decision) {
        pending.close(decision);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    private void requireLabel(long decision, Round round, int instance, int label) {
        requireInstance(decision, round, instance);
        if (label != 0 && label != 1) {
            throw new InvalidOutcomeException("batch " + decision + ": the outcome of instance " + instance + " is "
                    + label + "; it must be 0 or 1");
        }
        if (!round.accepted(instance) && options.outcomeUse() != OutcomeUse.FULL_INFORMATION) {
            throw new InvalidOutcomeException("batch " + decision + ": instance " + instance
                    + " was rejected and can have no outcome; report outcomes of accepted instances only");
        }
        if (round.labels[instance] != BatchOutcome.UNSEEN) {
            throw new InvalidOutcomeException(
                    "batch " + decision + ": instance " + instance + " had its outcome; it is counted once");
        }
    }

    private static void requireInstance(long decision, Round round, int instance) {
        if (instance < 0 || instance >= round.batch.length) {
            throw new InvalidOutcomeException("batch " + decision + " has no instance " + instance + "; it has "
                    + round.batch.length + ", counted from 0");
        }
    }

    private static void requirePair(long decision, Round round, OrderedPair pair) {
        requireInstance(decision, round, pair.favoured());
        requireInstance(decision, round, pair.other());
    }

    private static void requireNewViolation(long decision, Round round, OrderedPair pair) {
        requirePair(decision, round, pair);
        if (round.violated) {
            throw new InvalidOutcomeException(
                    "batch " + decision + " has its violation; a batch has at most one, which is counted once");
        }
    }

    private void learn(long decision, Round round, int instance, int label) {
        boolean positive = label == 1;
        round.labels[instance] = label;
        double[] x = round.batch[instance];
        switch (options.outcomeUse()) {
            case LABELLED_ONLY -> add(decision, x, positive ? 0 : 1, positive ? 1 : 0);
            case FULL_INFORMATION -> add(decision, x, positive ? 0 : 1, Costs.OF_ZERO);
            case ONE_SIDED ->
                add(
                        decision,
                        x,
                        Costs.estimateOfOne(true, positive, round.play.inverseOne()[instance]),
                        Costs.estimateOfZero(options.zeroCost(), true, 0));
        }
    }

    private void penalise(long decision, Round round, OrderedPair pair) {
        round.violated = true;
        if (options.penalty() == 0) {
            return;
        }
        if (options.penaltyForm() == PenaltyForm.EXACT) {
            add(decision, round.batch[pair.favoured()], options.penalty() / 2, 0);
            add(decision, round.batch[pair.other()], -options.penalty() / 2, 0);
        } else {
            addCopies(decision, round, pair.favoured(), false);
            addCopies(decision, round, pair.other(), true);
        }
    }

    /** C copies of an instance whose label is set. */
    private void addCopies(long decision, Round round, int instance, boolean label) {
        boolean accepted = round.accepted(instance);
        double one = Costs.estimateOfOne(accepted, label, round.play.inverseOne()[instance]);
        double zero =
                Costs.estimateOfZero(options.zeroCost(), accepted, round.play.inverseZero()[instance]);
        add(decision, round.batch[instance], options.penalty() * one, options.penalty() * zero);
    }

    private void add(long decision, double[] x, double one, double zero) {
        double factor = options.discountDelays() ? 1.0 / (pending.made() - decision) : 1;
        engine.learn(x, factor * one, factor * zero);
    }

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("engine", engine.state())
                .put("random", random.state())
                .put("pending", pending.state(Round::state));
    }

    @Override
    public void restore(State snapshot) {
        Runnable savedEngine = engine.load(snapshot.require(NAME).state("engine"));
        PendingDecisions<Round> savedPending = PendingDecisions.from(snapshot.state("pending"), Round::from);
        random.restore(snapshot.state("random"));
        savedEngine.run();
        pending = savedPending;
    }
}
