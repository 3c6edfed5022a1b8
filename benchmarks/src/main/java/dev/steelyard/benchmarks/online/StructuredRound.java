package dev.steelyard.benchmarks.online;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.Decision;
import dev.steelyard.online.groupwiseregret.GroupTask;
import dev.steelyard.online.groupwiseregret.GroupwiseLearner;
import dev.steelyard.online.groupwiseregret.OnlineRidge;
import dev.steelyard.online.groupwiseregret.PredictionMode;
import dev.steelyard.online.groupwiseregret.SyntheticGroups;
import dev.steelyard.online.linearmdp.AdversarialMdpLearner;
import dev.steelyard.online.linearmdp.EpisodicLearner;
import dev.steelyard.online.linearmdp.LinearMdp;
import dev.steelyard.online.linearmdp.LinearMdpOptions;
import dev.steelyard.online.linearmdp.MdpState;
import dev.steelyard.online.linearmdp.SimulatorFreeLearner;
import dev.steelyard.online.linearmdp.SimulatorFreeOptions;
import dev.steelyard.online.onesidedfair.BatchDecision;
import dev.steelyard.online.onesidedfair.BatchOutcome;
import dev.steelyard.online.onesidedfair.ExponentialWeights;
import dev.steelyard.online.onesidedfair.FairEngine;
import dev.steelyard.online.onesidedfair.FairOneSidedLearner;
import dev.steelyard.online.onesidedfair.FtplOptions;
import dev.steelyard.online.onesidedfair.LendingEnvironment;
import dev.steelyard.online.onesidedfair.ListOracle;
import dev.steelyard.online.onesidedfair.OneSidedFairOptions;
import dev.steelyard.online.onesidedfair.SemiBanditFtpl;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One round of the learners whose rounds have more to them, each on its study's task: an instance of three out of six
 * groups with 25 features; a batch of four applicants and 52 hypotheses; an episode of three steps among six states and
 * four actions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class StructuredRound {

    private static final int ROWS = 1024;
    private static final int BATCH = 4;
    private static final int HORIZON = 3;
    private static final int EPISODES = 10_000;
    private static final int SWITCH = 20;

    private SyntheticGroups data;
    private GroupwiseLearner<Double, Double> groupwise;
    private double[][][] applicants;
    private FairOneSidedLearner exponentialWeights;
    private FairOneSidedLearner perturbedLeader;
    private LinearMdp mdp;
    private EpisodicLearner logBarrier;
    private EpisodicLearner magnitudeReduced;
    private EpisodicLearner simulatorFree;
    private final SplittableRandom transitions = new SplittableRandom(3);
    private int round;

    @Setup(Level.Trial)
    public void make() {
        data = SyntheticGroups.draw(ROWS, SyntheticGroups.Label.MEAN, new SplittableRandom(1));
        groupwise = new GroupwiseLearner<>(
                SyntheticGroups.GROUPS,
                group -> new OnlineRidge(SyntheticGroups.FEATURES, 1),
                GroupTask.squaredLoss(0, 1),
                PredictionMode.AVERAGE,
                1);
        LendingEnvironment environment = new LendingEnvironment(new SplittableRandom(2));
        applicants = new double[ROWS][][];
        for (int r = 0; r < ROWS; r++) {
            applicants[r] = environment.batch(BATCH);
        }
        exponentialWeights = fair(new ExponentialWeights(LendingEnvironment.hypotheses()));
        perturbedLeader = fair(new SemiBanditFtpl(
                new ListOracle(LendingEnvironment.hypotheses()), LendingEnvironment.separator(), FtplOptions.DEFAULT));
        mdp = LinearMdp.random(HORIZON, 6, 4, 4, new RestorableRandom(7));
        logBarrier = new AdversarialMdpLearner(mdp, mdp.model(), LinearMdpOptions.logBarrier(mdp, EPISODES, 3), 1);
        magnitudeReduced =
                new AdversarialMdpLearner(mdp, mdp.model(), LinearMdpOptions.magnitudeReduced(mdp, EPISODES, 1), 1);
        simulatorFree = new SimulatorFreeLearner(mdp, SimulatorFreeOptions.of(mdp, EPISODES, SWITCH), 1);
    }

    private static FairOneSidedLearner fair(FairEngine engine) {
        return new FairOneSidedLearner(engine, OneSidedFairOptions.forHorizon(EPISODES, BATCH), 1);
    }

    @Benchmark
    public double groupwise() {
        int row = round++ & (ROWS - 1);
        Decision<Double> decision = groupwise.decide(data.instance(row));
        groupwise.feedback(decision.id(), data.label(row));
        return decision.action();
    }

    @Benchmark
    public BatchDecision exponentialWeights() {
        return batch(exponentialWeights);
    }

    @Benchmark
    public BatchDecision perturbedLeader() {
        return batch(perturbedLeader);
    }

    private BatchDecision batch(FairOneSidedLearner learner) {
        int row = round++ & (ROWS - 1);
        Decision<BatchDecision> decision = learner.decide(applicants[row]);
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = decision.action().accepted()[i] ? (row + i) & 1 : BatchOutcome.UNSEEN;
        }
        learner.feedback(decision.id(), new BatchOutcome(labels, Optional.empty()));
        return decision.action();
    }

    @Benchmark
    public int logBarrier() {
        return episode(logBarrier);
    }

    @Benchmark
    public int magnitudeReduced() {
        return episode(magnitudeReduced);
    }

    @Benchmark
    public int simulatorFree() {
        return episode(simulatorFree);
    }

    private int episode(EpisodicLearner learner) {
        int state = 0;
        for (int layer = 0; layer < HORIZON; layer++) {
            Decision<Integer> decision = learner.decide(new MdpState(layer, state));
            int action = decision.action();
            learner.feedback(decision.id(), ((state + 2 * action) & 3) / 4.0);
            state = layer + 1 < HORIZON ? mdp.sample(layer, state, action, transitions) : 0;
        }
        return state;
    }
}
