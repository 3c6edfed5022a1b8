package dev.steelyard.optim.lionk;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** What the paper claims, and what must be measured for it to hold. */
final class LionKClaims {

    static final Claim OPTIMUM = Claim.of(
                    "constrained-optimum", "Lion with decay solves min f(x) subject to max |x| <= 1 / lambda")
            .figure("trajectories end at the constrained optimum; trained weights lie in [-1/lambda, 1/lambda]")
            .below("error", "largest entry of x minus the reference optimum, worst lambda", 5e-3)
            .below("gap", "f(x) minus f of the reference, worst lambda", 1e-4)
            .below("violation", "max |lambda x| - 1 at 100 points of the run, worst lambda", 1e-9)
            .below("score", "optimality score S at the end, worst lambda", 0.05)
            .below("score-falls", "S at the end over S after a tenth of the steps, worst lambda", 1);

    static final Claim PHASES = Claim.of(
                    "two-phases", "the constraint is met exponentially fast, then the loss goes down inside it")
            .figure("two-phase curves")
            .below("bound", "distance over (1 + eps lambda)^-t of the first distance, largest, least squares", 1 + 1e-9)
            .below("stays", "largest growth of the distance to the box in any step, least squares", 1e-9)
            .above("falls", "f on coming within 0.001 of the box minus f at the end, least squares", 0)
            .below("network", "largest ratio of lambda max|w| - 1 over 100 steps of a network, lambda = 5", 0.62);

    static final Claim TRADE_OFF = Claim.of(
                    "decay-trade-off", "a larger lambda meets the constraint faster and ends at a worse training loss")
            .figure("loss against lambda on CIFAR-10 and GPT-2")
            .above("loss", "smallest step of the training loss over lambda = 0, 0.5, 2, 5, 10, 20 (nats)", 0)
            .below("weights", "largest lambda max|w| at the end, lambda = 5, 10, 20", 1.06)
            .above(
                    "faster",
                    "smallest step down of the share of lambda max|w| - 1 left after 100 steps,"
                            + " lambda = 5, 10, 20",
                    0);

    static final Claim OTHERS = Claim.of("other-k", "lp and Huber versions train as well as Lion")
            .figure("ImageNet and GPT-2: within about 1 %")
            .above("lp-1.5", "test accuracy of the 1.5-norm minus Lion's", -0.03)
            .above("lp-2", "test accuracy of the 2-norm minus Lion's", -0.03)
            .above("huber", "test accuracy of Huber minus Lion's", -0.03);

    static final Claim ARCHITECTURE = Claim.of(
                    "p-by-architecture", "p = 1 is best for transformers, another p for ResNet")
            .figure("tables for ImageNet and GPT-2")
            .above("transformer", "loss of the best p > 1 minus loss of p = 1 on a transformer (nats)", 0)
            .below("resnet", "loss of the best p > 1 minus loss of p = 1 on a ResNet (nats)", 0);

    static final Claim LYAPUNOV = Claim.of(
                    "lyapunov", "H falls monotonically in continuous time, and in steps up to order eps^2")
            .figure("plot of H")
            .below("increase", "largest increase of H in a Runge-Kutta step of 1e-3, smooth K", 1e-9)
            .below("slope", "relative difference of dH/dt and -Delta", 1e-6)
            .below("steps", "largest excess of H's change over the bound in any step, worst of five K", 1e-10);

    static final List<Claim> ALL = List.of(OPTIMUM, PHASES, TRADE_OFF, OTHERS, ARCHITECTURE, LYAPUNOV);

    private LionKClaims() {}
}
