package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.optim.GroupedOptimizer;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.kernel.DescentUpdate;
import dev.steelyard.optim.kernel.ElementwiseUpdate;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.SelectedPass;
import dev.steelyard.optim.kernel.SignUpdate;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * FRUGAL. Every {@code updateGap} steps a subspace of the projectable weights is chosen; within it the weights move by
 * a rule with state (AdamW), outside it by one without (the sign), so that the update has full rank at a fraction of
 * Adam's memory.
 *
 * <pre>
 * w = (1 - learningRate weightDecay) w
 * w = w + P^T(stateFull(P(g))) - learningRate s r stateFree(g - P^T(P(g)))
 * </pre>
 *
 * <pre>{@code
 * FrugalOptions options = FrugalOptions.defaults().withLearningRate(3e-3);
 * Optimizer optimizer = new Frugal(List.of(
 *         new ParameterGroup<>("linear", linearWeights, options),
 *         new ParameterGroup<>("rest", embeddingsNormsAndHead, options.regular())));
 * }</pre>
 *
 * <p>State of a tensor: {@code moment1}, {@code moment2} of the part with state, and {@code indices}, {@code left} or
 * {@code right}, which say what that part is. Random choices are drawn anew from the seed, the tensor's name and the
 * period's number, so that counters restore them.
 *
 * <p>Zmushko et al.: FRUGAL. ICML 2025, arXiv 2411.07837.
 */
public final class Frugal extends GroupedOptimizer<FrugalOptions> {

    private static final System.Logger LOG = System.getLogger(Frugal.class.getName());

    static final String PERIOD_STEP = "step";
    static final String ACTIVE = "active";
    static final String INDICES = "indices";
    static final String LEFT = "left";
    static final String RIGHT = "right";
    private static final Set<String> MOMENTS = Set.of("moment1", "moment2");

    private boolean warned;

    /**
     * Several groups, projectable and regular ones.
     *
     * @throws IllegalArgumentException if a projectable tensor is no matrix where the subspace needs one, or the order
     *     of blocks does not fit their number
     */
    public Frugal(List<ParameterGroup<FrugalOptions>> groups) {
        super(groups);
        requireSound();
    }

    @Override
    protected void requireSound() {
        for (Slot<FrugalOptions> slot : projectable()) {
            Subspace subspace = slot.options().subspace();
            boolean needsMatrix = !(subspace instanceof Subspace.Blocks || subspace instanceof Subspace.Entries);
            if (needsMatrix && slot.parameter().dimensions() != 2) {
                throw new IllegalArgumentException("projectable parameter " + slot + " is no matrix, which "
                        + subspace.getClass().getSimpleName() + " needs; put it into a regular group");
            }
        }
        requireOneTurn();
    }

    /** Blocks of all groups take turns together, so that the options of the turns must agree. */
    private void requireOneTurn() {
        List<Slot<FrugalOptions>> blocks = blocks();
        if (blocks.isEmpty()) {
            return;
        }
        FrugalOptions first = blocks.getFirst().options();
        for (Slot<FrugalOptions> slot : blocks) {
            FrugalOptions other = slot.options();
            if (!turnOptions(other).equals(turnOptions(first))) {
                throw new IllegalArgumentException("the blocks of all groups take turns together, but (subspace,"
                        + " density, updateGap, resetStatistics, seed) are " + turnOptions(first) + " for parameter "
                        + blocks.getFirst() + " and " + turnOptions(other) + " for " + slot + "; make them equal");
            }
        }
        turns(first);
    }

    private static List<Object> turnOptions(FrugalOptions options) {
        return List.of(
                options.subspace(), options.density(), options.updateGap(), options.resetStatistics(), options.seed());
    }

    /** One projectable group. */
    public Frugal(Map<String, Tensor> projectable, FrugalOptions options) {
        this(List.of(new ParameterGroup<>("projectable", projectable, options)));
    }

    /** One projectable group, and one that has state as a whole. */
    public Frugal(Map<String, Tensor> projectable, Map<String, Tensor> regular, FrugalOptions options) {
        this(List.of(
                new ParameterGroup<>("projectable", projectable, options),
                new ParameterGroup<>("regular", regular, options.regular())));
    }

    private List<Slot<FrugalOptions>> projectable() {
        return slots().stream().filter(slot -> slot.options().projectable()).toList();
    }

    private List<Slot<FrugalOptions>> blocks() {
        return projectable().stream()
                .filter(slot -> slot.options().subspace() instanceof Subspace.Blocks)
                .toList();
    }

    private BlockTurns turns(FrugalOptions options) {
        List<Slot<FrugalOptions>> blocks = blocks();
        int active = (int) Math.rint(options.density() * blocks.size());
        if (active == 0) {
            warnOfNoState(options, "none of " + blocks.size() + " blocks");
        }
        return new BlockTurns(((Subspace.Blocks) options.subspace()).order(), blocks.size(), active, options.seed());
    }

    private void warnOfNoState(FrugalOptions options, String what) {
        if (options.density() > 0 && !warned) {
            warned = true;
            LOG.log(System.Logger.Level.WARNING, "density {0} gives state to {1}", options.density(), what);
        }
    }

    /** Numbers of state held now, as the paper counts them: moments, bases, and the indices of single entries. */
    public long stateNumbers() {
        return slots().stream()
                .mapToLong(slot -> {
                    boolean entries = slot.options().subspace() instanceof Subspace.Entries;
                    return numbers(slot, "moment1")
                            + numbers(slot, "moment2")
                            + numbers(slot, LEFT)
                            + numbers(slot, RIGHT)
                            + (entries ? numbers(slot, INDICES) : 0);
                })
                .sum();
    }

    private static long numbers(Slot<?> slot, String buffer) {
        Tensor tensor = slot.bufferOrNull(buffer);
        return tensor == null ? 0 : tensor.count();
    }

    @Override
    protected void beforeUpdates(List<Slot<FrugalOptions>> slots, long step) {
        List<Slot<FrugalOptions>> blocks = blocks();
        if (blocks.isEmpty()) {
            return;
        }
        FrugalOptions options = blocks.getFirst().options();
        if ((step - 1) % options.updateGap() != 0) {
            return;
        }
        Set<Integer> active = new HashSet<>(turns(options).turn((step - 1) / options.updateGap()));
        for (int i = 0; i < blocks.size(); i++) {
            Slot<FrugalOptions> slot = blocks.get(i);
            boolean stays = slot.counter(ACTIVE) == 1 && active.contains(i);
            if (!stays || options.resetStatistics()) {
                reset(slot);
            }
            slot.counter(ACTIVE, active.contains(i) ? 1 : 0);
        }
    }

    private static void reset(Slot<FrugalOptions> slot) {
        MOMENTS.forEach(slot::drop);
        slot.counter(PERIOD_STEP, 0);
    }

    @Override
    protected void update(Slot<FrugalOptions> slot, Tensor gradient, double learningRateFactor) {
        FrugalOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        double shrink = 1 - learningRate * options.weightDecay();
        if (!options.projectable()) {
            whole(slot, gradient, learningRate, shrink);
            return;
        }
        double scaled = learningRate * options.stateFullScale();
        if (options.subspace() instanceof Subspace.Blocks) {
            if (slot.counter(ACTIVE) == 1) {
                whole(slot, gradient, scaled, shrink);
            } else {
                free(options, slot.parameter(), gradient, scaled, shrink);
            }
            return;
        }
        Projection projection = projection(slot, gradient);
        if (projection == null) {
            free(options, slot.parameter(), gradient, scaled, shrink);
            return;
        }
        if (projection instanceof IndexProjection chosen && selected(slot, chosen, gradient, scaled, shrink)) {
            return;
        }
        shrink(slot.parameter(), shrink);
        Tensor low = projection.project(gradient);
        Tensor movement = options.stateFull().movement(memory(slot), low, scaled);
        if (options.stateFree() != StateFree.NONE && !projection.isComplete()) {
            free(options, slot.parameter(), projection.residual(gradient, low), scaled, 1);
        }
        projection.addLifted(slot.parameter(), movement);
    }

    private static void shrink(Tensor parameter, double factor) {
        if (factor != 1) {
            parameter.timesInPlace(factor);
        }
    }

    /** The whole tensor by the rule with state. */
    private static void whole(Slot<FrugalOptions> slot, Tensor gradient, double learningRate, double shrink) {
        StateFull rule = slot.options().stateFull();
        ElementwiseUpdate update = rule.update(slot.increment(PERIOD_STEP), learningRate, shrink);
        Tensor[] buffers = rule.buffers().stream().map(slot::buffer).toArray(Tensor[]::new);
        OnePass.run(update, slot.parameter(), gradient, buffers);
    }

    /**
     * Chosen coordinates by the rule with state and the others by the one without, in one pass over memory; false,
     * and nothing has changed, where the tensors need tensor operations.
     */
    private static boolean selected(
            Slot<FrugalOptions> slot, IndexProjection projection, Tensor gradient, double learningRate, double shrink) {
        Tensor parameter = slot.parameter();
        if (!OnePass.fits(parameter, gradient)) {
            return false;
        }
        FrugalOptions options = slot.options();
        StateFull rule = options.stateFull();
        long[] shape = projection.lowShape(parameter);
        Tensor[] buffers = rule.buffers().stream()
                .map(name -> {
                    Tensor known = slot.bufferOrNull(name);
                    return known != null ? known : slot.put(name, Tensor.zeros(parameter.dtype(), shape));
                })
                .toArray(Tensor[]::new);
        SelectedPass.run(
                projection.selection(parameter),
                rule.update(slot.increment(PERIOD_STEP), learningRate, shrink),
                free(options, learningRate, shrink),
                parameter,
                gradient,
                buffers);
        return true;
    }

    /** The tensor, or what is left of its gradient, by the rule without state. */
    private static void free(
            FrugalOptions options, Tensor parameter, Tensor gradient, double learningRate, double shrink) {
        ElementwiseUpdate update = free(options, learningRate, shrink);
        if (update != null) {
            OnePass.run(update, parameter, gradient);
        }
    }

    /** The rule without state, or {@code null} if nothing moves. */
    private static ElementwiseUpdate free(FrugalOptions options, double learningRate, double shrink) {
        double rate = learningRate * options.stateFreeScale();
        return switch (options.stateFree()) {
            case SIGN -> new SignUpdate(rate, shrink);
            case SGD -> new DescentUpdate(rate, shrink);
            case NONE -> shrink == 1 ? null : new DescentUpdate(0, shrink);
        };
    }

    private static StateFull.Memory memory(Slot<FrugalOptions> slot) {
        return new StateFull.Memory() {
            @Override
            public long nextStep() {
                return slot.increment(PERIOD_STEP);
            }

            @Override
            public Tensor buffer(String name, Tensor like) {
                Tensor known = slot.bufferOrNull(name);
                return known != null ? known : slot.put(name, like.times(0));
            }
        };
    }

    /** The projection of this period, chosen anew when the period begins; {@code null} when it is empty. */
    private Projection projection(Slot<FrugalOptions> slot, Tensor gradient) {
        FrugalOptions options = slot.options();
        boolean refresh = (steps() - 1) % options.updateGap() == 0;
        if (refresh && options.resetStatistics()) {
            reset(slot);
        }
        Seeds seeds = Seeds.root(options.seed()).child(slot.name(), (steps() - 1) / options.updateGap());
        return switch (options.subspace()) {
            case Subspace.Columns columns -> indices(slot, 1, gradient.size(1), refresh, seeds);
            case Subspace.Rows rows -> indices(slot, 0, gradient.size(0), refresh, seeds);
            case Subspace.Entries entries -> indices(slot, IndexProjection.ENTRIES, gradient.count(), refresh, seeds);
            case Subspace.LowRank lowRank -> lowRank(slot, lowRank, gradient, refresh, seeds);
            case Subspace.Blocks blocks -> throw new IllegalStateException("blocks have no projection");
        };
    }

    private Projection indices(Slot<FrugalOptions> slot, int dimension, long length, boolean refresh, Seeds seeds) {
        int chosen = IndexProjection.chosen(slot.options().density(), length);
        if (chosen == 0) {
            warnOfNoState(slot.options(), "no coordinate of " + slot);
            return null;
        }
        if (refresh || slot.bufferOrNull(INDICES) == null) {
            long[] drawn = Choices.withoutReplacement(seeds.generator("indices"), length, chosen);
            Tensor old = slot.bufferOrNull(INDICES);
            if (old != null) {
                carryOver(slot, Math.max(dimension, 0), old.toLongs(), drawn);
            }
            slot.put(INDICES, Tensor.of(drawn, drawn.length));
        }
        return new IndexProjection(dimension, slot.bufferOrNull(INDICES));
    }

    /** Coordinates that stay keep their statistics, those that come begin with zeros. */
    private static void carryOver(Slot<FrugalOptions> slot, int dimension, long[] old, long[] drawn) {
        long[] from = new long[drawn.length];
        long[] to = new long[drawn.length];
        int stay = 0;
        for (int i = 0; i < drawn.length; i++) {
            int place = Arrays.binarySearch(old, drawn[i]);
            if (place >= 0) {
                from[stay] = place;
                to[stay++] = i;
            }
        }
        Tensor source = Tensor.of(Arrays.copyOf(from, stay), stay);
        Tensor target = Tensor.of(Arrays.copyOf(to, stay), stay);
        for (String name : MOMENTS) {
            Tensor moment = slot.bufferOrNull(name);
            if (moment != null) {
                Tensor staying = moment.indexSelect(dimension, source);
                slot.put(name, moment.times(0).indexCopyInPlace(dimension, target, staying));
            }
        }
    }

    private Projection lowRank(
            Slot<FrugalOptions> slot, Subspace.LowRank subspace, Tensor gradient, boolean refresh, Seeds seeds) {
        LowRankShape shape =
                LowRankShape.of(subspace.side(), slot.options().density(), gradient.size(0), gradient.size(1));
        if (shape.rank() == 0) {
            warnOfNoState(slot.options(), "no direction of " + slot);
            return null;
        }
        boolean missing = slot.bufferOrNull(shape.left() ? LEFT : RIGHT) == null;
        if (refresh || missing) {
            LowRankBasis.Sides chosen = LowRankBasis.choose(subspace.basis(), gradient, shape.rank(), seeds, !missing);
            if (chosen != null) {
                if (shape.left()) {
                    slot.put(LEFT, chosen.left());
                }
                if (shape.right()) {
                    slot.put(RIGHT, chosen.right());
                }
            }
        }
        return new LowRankProjection(
                shape.left() ? slot.bufferOrNull(LEFT) : null,
                shape.right() ? slot.bufferOrNull(RIGHT) : null,
                shape.isComplete());
    }

    @Override
    protected void requireFits(Slot<FrugalOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        StateLayout.of(slot.options(), slot.parameter()).requireFits(slot.toString(), buffers, counters);
    }
}
