package dev.steelyard.online.linearmdp;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.Decision;
import dev.steelyard.online.RegretMeter;
import java.util.random.RandomGenerator;

/** One learner in a random linear MDP: the regret of exact values against the best fixed policy. */
final class MdpTrial {

    private static final int HORIZON = 3;
    private static final int STATES = 6;
    private static final int ACTIONS = 4;
    private static final int DIMENSION = 4;
    private static final int BLOCKS = 5;
    private static final int POINTS = 50;

    private MdpTrial() {}

    static void run(MdpMethod method, int episodes, TrialContext context) throws InterruptedException {
        RandomGenerator world = context.seeds().generator("world");
        LinearMdp mdp = LinearMdp.random(HORIZON, STATES, ACTIONS, DIMENSION, world);
        BlockLosses losses = new BlockLosses(mdp, BLOCKS, episodes, world);
        RandomGenerator transitions = context.seeds().generator("transitions");
        double best = mdp.bestValue(losses.mean());
        RegretMeter meter = new RegretMeter(episodes, POINTS);
        double[][][] uniform = Tables.uniform(mdp);
        boolean learns = method != MdpMethod.UNIFORM;
        TabularLearner learner = learns
                ? method.learner(mdp, episodes, context.seeds().child("learner").value())
                : null;
        for (int episode = 0; episode < episodes; episode++) {
            double[][][] now = losses.of(episode);
            double[][][] policy = learns ? play(learner, mdp, now, transitions) : uniform;
            meter.add(mdp.value(policy, now), best);
            if (episode % 500 == 0) {
                context.progress(episode, episodes);
            }
        }
        double[] rounds = meter.curveRounds();
        double[] curve = meter.curve();
        for (int i = 0; i < rounds.length; i++) {
            context.point("regret", rounds[i], curve[i]);
        }
        context.metric("regret", meter.regret());
        context.metric(
                "smallest estimate",
                learner instanceof AdversarialMdpLearner estimating ? estimating.smallestEstimate() : 0);
    }

    /** Plays an episode; gives the policy that it was played with, exploration included. */
    private static double[][][] play(
            TabularLearner learner, LinearMdp mdp, double[][][] losses, RandomGenerator transitions) {
        int state = 0;
        double[][][] policy = null;
        for (int h = 0; h < HORIZON; h++) {
            Decision<Integer> decision = learner.decide(new MdpState(h, state));
            if (h == 0) {
                policy = learner.playing();
            }
            int next = h + 1 < HORIZON ? mdp.sample(h, state, decision.action(), transitions) : 0;
            learner.feedback(decision.id(), losses[h][state][decision.action()]);
            state = next;
        }
        return policy;
    }
}
