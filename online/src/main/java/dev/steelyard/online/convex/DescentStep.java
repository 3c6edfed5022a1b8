package dev.steelyard.online.convex;

/** The step sizes of plain gradient descent. */
public sealed interface DescentStep {

    /**
     * The step of a round.
     *
     * @param round from 1
     * @param squaredGradients sum of |g_s|^2 up to and with this round
     */
    double size(long round, double squaredGradients);

    /** D / (G sqrt t), for convex losses. M. Zinkevich, ICML 2003. */
    record InverseRoot(double diameter, double gradientBound) implements DescentStep {
        public InverseRoot {
            Vectors.requirePositive("diameter", diameter);
            Vectors.requirePositive("gradientBound", gradientBound);
        }

        @Override
        public double size(long round, double squaredGradients) {
            return diameter / (gradientBound * Math.sqrt(round));
        }
    }

    /** 1 / (lambda t), for strongly convex losses. E. Hazan, A. Agarwal, S. Kale, 2007. */
    record StronglyConvex(double lambda) implements DescentStep {
        public StronglyConvex {
            Vectors.requirePositive("lambda", lambda);
        }

        @Override
        public double size(long round, double squaredGradients) {
            return 1 / (lambda * round);
        }
    }

    /** AdaGrad-norm, D / sqrt(2 sum |g|^2) with this round's gradient in the sum; needs no bound. */
    record AdaGradNorm(double diameter) implements DescentStep {
        public AdaGradNorm {
            Vectors.requirePositive("diameter", diameter);
        }

        @Override
        public double size(long round, double squaredGradients) {
            return squaredGradients == 0 ? 0 : diameter / Math.sqrt(2 * squaredGradients);
        }
    }

    /** Always the same. */
    record Fixed(double step) implements DescentStep {
        public Fixed {
            Vectors.requirePositive("step", step);
        }

        @Override
        public double size(long round, double squaredGradients) {
            return step;
        }
    }
}
