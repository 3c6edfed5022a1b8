package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Follow the leader for strongly convex losses, optimistic or not, on the surrogates {@code <g_s, x - x_s> + lambda/2
 * |x - x_s|^2}: x_t = project((lambda sum of x_s - sum of g_s - M_t) / (lambda (t - 1))), x_1 the centre. S. Sachs and
 * others, NeurIPS 2022.
 */
public final class FollowTheLeader implements OnlineOptimizer {

    private final Domain domain;
    private final double lambda;
    private final Hint hint;
    private double[] leader;
    private long round = 1;
    private double[] point;

    /**
     * @throws IllegalArgumentException if {@code lambda} is not above 0
     */
    public FollowTheLeader(Domain domain, double lambda, Hint hint) {
        this.domain = domain;
        this.lambda = Vectors.requirePositive("lambda", lambda);
        this.hint = hint;
        this.leader = new double[domain.dimension()];
    }

    @Override
    public String name() {
        return "follow-the-leader";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public double[] predict() {
        if (point == null) {
            point = domain.centre();
            if (round > 1) {
                double[] target = Vectors.plus(leader, -1, hint.guess(domain.dimension()));
                for (int i = 0; i < target.length; i++) {
                    target[i] /= lambda * (round - 1);
                }
                point = domain.project(target);
            }
        }
        return point.clone();
    }

    @Override
    public void observe(double[] gradient) {
        observe(gradient, predict());
    }

    @Override
    public void observe(double[] gradient, double[] played) {
        Vectors.requireGradient(gradient, domain.dimension());
        leader = Vectors.plus(Vectors.plus(leader, lambda, played), -1, gradient);
        hint.observe(gradient);
        round++;
        point = null;
    }

    @Override
    public State snapshot() {
        State state = State.of(name())
                .put("round", round)
                .put("leader", leader)
                .put("hint", hint.state())
                .put("predicted", point != null);
        return point == null ? state : state.put("point", point);
    }

    @Override
    public void restore(State snapshot) {
        long savedRound = snapshot.require(name()).integer("round");
        double[] savedLeader = snapshot.doubles("leader", domain.dimension());
        double[] savedPoint = snapshot.flag("predicted") ? snapshot.doubles("point", domain.dimension()) : null;
        hint.restore(snapshot.state("hint"));
        round = savedRound;
        leader = savedLeader;
        point = savedPoint;
    }

    /** Makes this optimiser from JSON options. */
    public static final class Factory extends ConvexFactory {
        public Factory() {
            super(
                    "follow-the-leader",
                    "Plays the best point for all strongly convex losses so far and the guessed next gradient.",
                    own());
        }

        private static List<Option> own() {
            List<Option> own =
                    new ArrayList<>(List.of(new Option("lambda", "number", true, "strong convexity, above 0")));
            own.addAll(HintJson.OPTIONS);
            return own;
        }

        @Override
        protected OnlineOptimizer optimizer(Domain domain, Hint hint, Options options) {
            return new FollowTheLeader(domain, options.number("lambda", 0), hint);
        }
    }
}
