package dev.steelyard.online.oomdsea;

import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.ConvexLearner;
import dev.steelyard.online.convex.DescentStep;
import dev.steelyard.online.convex.FollowTheLeader;
import dev.steelyard.online.convex.FollowTheRegularisedLeader;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.OnlineGradientDescent;
import dev.steelyard.online.convex.OnlineNewtonStep;
import dev.steelyard.online.convex.OnlineOptimizer;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;

/** The contract of learners for every optimiser. */
class OptimisticContractsTest {

    private static final Ball BALL = Ball.aroundZero(3, 1);

    abstract static class Contract extends OnlineLearnerContract<Void, double[], double[]> {

        abstract OnlineOptimizer optimizer();

        @Override
        protected OnlineLearner<Void, double[], double[]> learner(long seed) {
            return new ConvexLearner(optimizer());
        }

        @Override
        protected Void context(int round) {
            return null;
        }

        @Override
        protected double[] outcome(int round, double[] action) {
            return new double[] {Math.sin(round), .3 * Math.cos(round / 7.0), .2 * action[2] + .1};
        }

        @Override
        protected double[] invalidOutcome() {
            return new double[] {0, Double.NaN, 0};
        }

        @Override
        protected String describe(double[] action) {
            return Arrays.toString(action);
        }
    }

    @Nested
    class Convex extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return new OptimisticMirrorDescent(BALL, StepSchedule.convex(2, 1.2, .1));
        }
    }

    @Nested
    class Newton extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return OptimisticNewtonStep.of(BALL, 1.2, 1, 1);
        }
    }

    @Nested
    class Dynamic extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return new DynamicOptimisticDescent(BALL, new DynamicOptions(1.2, .1, 16, true));
        }
    }

    @Nested
    class Gradient extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return new OnlineGradientDescent(BALL, new DescentStep.AdaGradNorm(2));
        }
    }

    @Nested
    class RegularisedLeader extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return FollowTheRegularisedLeader.optimistic(BALL, .1, 1.2);
        }
    }

    @Nested
    class Leader extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return new FollowTheLeader(BALL, .2, Hint.lastGradient());
        }
    }

    @Nested
    class ClassicalNewton extends Contract {
        @Override
        OnlineOptimizer optimizer() {
            return new OnlineNewtonStep(BALL, 1.2, 1);
        }
    }
}
