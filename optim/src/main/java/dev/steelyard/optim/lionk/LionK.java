package dev.steelyard.optim.lionk;

import dev.steelyard.optim.GroupedOptimizer;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lion-K (arXiv 2310.05898): a step along a subgradient of K at a look-ahead momentum, with decoupled decay. With
 * {@code g} the gradient,
 *
 * <pre>{@code
 * n = beta1 m - (1 - beta1) g
 * m = beta2 m - (1 - beta2) g
 * x = x + eps (dK(n) - lambda x)                 explicit
 * x = (x + eps dK(n)) / (1 + eps lambda)         implicit
 * }</pre>
 *
 * It minimises {@code f(x) + K*(lambda x) / lambda}. One state tensor a parameter: {@code m}, which follows the
 * negative gradient.
 *
 * <pre>{@code
 * Optimizer lion = LionK.of(model.parameters(), LionKOptions.lion(1e-4, 1.0));
 * }</pre>
 */
public final class LionK extends GroupedOptimizer<LionKOptions> {

    private static final System.Logger LOGGER = System.getLogger(LionK.class.getName());
    private static final String MOMENTUM = "momentum";
    private static final double LARGE_DECAY = 0.1;

    /** Groups, by name, whose large decay was told. */
    private final Set<String> warned = new HashSet<>();

    /**
     * Takes the parameters; a group whose {@code learningRate * weightDecay} is above 0.1 is warned of.
     *
     * @throws IllegalArgumentException if a group's function does not fit a parameter's shape
     */
    public LionK(List<ParameterGroup<LionKOptions>> groups) {
        super(groups);
        requireSound();
    }

    @Override
    protected void requireSound() {
        for (Slot<LionKOptions> slot : slots()) {
            requireFits(slot);
            double decay = slot.options().learningRate() * slot.options().weightDecay();
            if (decay > LARGE_DECAY && warned.add(slot.group())) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "group ''{0}'': learningRate * weightDecay = {1} takes away more than a tenth of the weights"
                                + " each step",
                        slot.group(),
                        decay);
            }
        }
    }

    /** One group that holds all parameters. */
    public static LionK of(Map<String, Tensor> parameters, LionKOptions options) {
        return new LionK(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    private static void requireFits(Slot<LionKOptions> slot) {
        try {
            slot.options().function().requireFits(slot.parameter().shape());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "parameter '" + slot.name() + "' of group '" + slot.group() + "': " + e.getMessage(), e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if an explicit group would overshoot
     */
    @Override
    public void learningRateFactor(double factor) {
        for (Slot<LionKOptions> slot : slots()) {
            LionKOptions options = slot.options();
            LionKOptions.requireNoOvershoot(options.form(), options.learningRate() * factor, options.weightDecay());
        }
        super.learningRateFactor(factor);
    }

    @Override
    protected void update(Slot<LionKOptions> slot, Tensor gradient, double learningRateFactor) {
        LionKOptions options = slot.options();
        double rate = options.learningRate() * learningRateFactor;
        advance(options, options.function(), rate, slot.parameter().detach(), gradient, momentum(slot));
    }

    /** Moves a parameter, or a group of a weighted sum, by the fewest passes over memory that the function allows. */
    private static void advance(
            LionKOptions options,
            ConvexFunction function,
            double rate,
            Tensor parameter,
            Tensor gradient,
            Tensor kept) {
        if (function instanceof WeightedSum sum && Pass.fits(parameter, gradient, kept)) {
            long start = 0;
            for (WeightedSum.Part part : sum.parts()) {
                long length = part.length();
                advance(
                        options,
                        part.function(),
                        rate,
                        parameter.reshape(-1).narrow(0, start, length),
                        gradient.reshape(-1).narrow(0, start, length),
                        kept.reshape(-1).narrow(0, start, length));
                start += length;
            }
        } else if (!LionKPasses.of(options, rate).step(function, parameter, gradient, kept)) {
            compose(options, function, rate, parameter, gradient, kept);
        }
    }

    private static void compose(
            LionKOptions options,
            ConvexFunction function,
            double rate,
            Tensor parameter,
            Tensor gradient,
            Tensor kept) {
        DType working = parameter.dtype().bytes() < 4 ? DType.FLOAT32 : parameter.dtype();
        Tensor momentum = kept.to(working);
        Tensor g = gradient.to(working);
        Tensor lookAhead = momentum.times(options.beta1()).addInPlace(g, options.beta1() - 1);
        move(parameter, function.subgradient(lookAhead), rate, options);
        kept.copyInPlace(momentum.times(options.beta2()).addInPlace(g, options.beta2() - 1));
    }

    static void move(Tensor parameter, Tensor direction, double rate, LionKOptions options) {
        double decay = rate * options.weightDecay();
        if (options.form() == DecayForm.EXPLICIT) {
            parameter.timesInPlace(1 - decay).addInPlace(direction, rate);
        } else {
            parameter.addInPlace(direction, rate).timesInPlace(1 / (1 + decay));
        }
    }

    private static Tensor momentum(Slot<LionKOptions> slot) {
        Tensor known = slot.bufferOrNull(MOMENTUM);
        if (known != null) {
            return known;
        }
        DType type = slot.options().momentumType().orElse(slot.parameter().dtype());
        return slot.put(MOMENTUM, slot.parameter().detach().to(type).copy().fillInPlace(0));
    }

    /**
     * The momentum of a parameter as a copy; zero before the first step.
     *
     * @throws IllegalArgumentException if there is no such parameter
     */
    public Tensor momentum(String parameter) {
        return slots().stream()
                .filter(slot -> slot.name().equals(parameter))
                .findFirst()
                .map(slot -> momentum(slot).copy())
                .orElseThrow(() -> new IllegalArgumentException("there is no parameter '" + parameter + "'"));
    }

    /**
     * What decay does to the parameters now; the gradients must be there.
     *
     * @param loss value of f at the parameters
     * @throws IllegalStateException if a group has no decay, has {@code beta1 > beta2}, or lacks a gradient
     */
    public LionDiagnostics diagnostics(double loss) {
        LionDiagnostics all = new LionDiagnostics(Double.NEGATIVE_INFINITY, 0, loss);
        try (NoGrad noGrad = NoGrad.open()) {
            for (Slot<LionKOptions> slot : slots()) {
                try (Scope scope = Scope.open()) {
                    Tensor gradient = slot.parameter().grad();
                    if (gradient == null) {
                        throw new IllegalStateException(
                                "parameter '" + slot.name() + "' has no gradient; diagnose before zeroGrad()");
                    }
                    all = all.plus(
                            LionDiagnostics.measure(0, gradient, slot.parameter(), momentum(slot), slot.options()));
                }
            }
        }
        return all;
    }

    /** The momentum may be of another type than the parameter. */
    @Override
    protected void requireFits(Slot<LionKOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        DType type = slot.options().momentumType().orElse(slot.parameter().dtype());
        if (!counters.isEmpty()) {
            throw new IllegalArgumentException(
                    "the state holds counters " + counters.keySet() + " of parameter " + slot + "; Lion-K has none");
        }
        buffers.forEach((name, buffer) -> {
            boolean sameShape = Arrays.equals(buffer.shape(), slot.parameter().shape());
            if (!name.equals(MOMENTUM) || !sameShape || buffer.dtype() != type) {
                throw new IllegalArgumentException("buffer '" + name + "' of the state is " + buffer
                        + ", but parameter " + slot + " has one buffer, '" + MOMENTUM + "', of type " + type);
            }
        });
    }
}
