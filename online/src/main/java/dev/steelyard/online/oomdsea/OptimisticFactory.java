package dev.steelyard.online.oomdsea;

import dev.steelyard.online.convex.ConvexFactory;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.HintJson;
import dev.steelyard.online.convex.MirrorMap;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.convex.Simplex;
import dev.steelyard.online.convex.Vectors;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.List;

/** Makes the paper's optimisers from JSON options, one for each kind of losses. */
public final class OptimisticFactory extends ConvexFactory {

    /** A start for a G that rises to the largest gradient seen: small against any gradient that matters. */
    private static final double UNKNOWN_BOUND = 1e-6;

    public OptimisticFactory() {
        super(
                "oomd-sea",
                "Plays points and learns from gradients that are partly noise and partly slow drift, near the best rate for"
                        + " either without knowing which.",
                own());
    }

    /** All options but the domain. */
    static List<Option> own() {
        List<Option> own = new ArrayList<>(List.of(
                new Option(
                        "losses",
                        "string",
                        false,
                        "convex (default), strongly_convex, exp_concave or dynamic: follow drift"),
                new Option(
                        "gradient_bound",
                        "number",
                        false,
                        "G, the largest norm of a gradient, above 0; convex losses may leave it out: it then rises to the"
                                + " largest gradient seen"),
                new Option("raise_bound", "boolean", false, "whether G rises above gradient_bound; default false"),
                new Option(
                        "smoothness",
                        "number",
                        false,
                        "L of the losses' means; default 0, linear; dynamic: above 0, default G/(8 D)"),
                new Option("lambda", "number", false, "of strongly_convex, above 0"),
                new Option("offset", "number", false, "t0 of strongly_convex: 2/(lambda (t + t0)); default 0"),
                new Option("alpha", "number", false, "exp-concavity of exp_concave, above 0"),
                new Option("h0", "number", false, "of exp_concave, above 0; default max(1, 3.2 L), in the paper 1"),
                new Option("horizon", "integer", false, "T of dynamic; left out: unknown, starts anew by doubling"),
                new Option("map", "string", false, "euclidean (default) or, on a simplex, entropy"),
                new Option(
                        "l1",
                        "number",
                        false,
                        "weight of a composite l1 term, convex and strongly_convex; default 0")));
        own.addAll(HintJson.OPTIONS);
        return own;
    }

    @Override
    protected OnlineOptimizer optimizer(Domain domain, Hint hint, Options options) {
        return make(domain, hint, options);
    }

    /** The optimiser that the options name. */
    static OnlineOptimizer make(Domain domain, Hint hint, Options options) {
        double smoothness = Vectors.requireNotNegative("smoothness", options.number("smoothness", 0));
        String losses = options.text("losses", "convex");
        return switch (losses) {
            case "convex" -> {
                MirrorMap map = map(domain, options);
                yield new OptimisticMirrorDescent(map, convex(map.scale(), smoothness, options), hint, domain.centre());
            }
            case "strongly_convex" ->
                new OptimisticMirrorDescent(map(domain, options), stronglyConvex(options), hint, domain.centre());
            case "exp_concave" -> {
                refuse(options, "losses: " + losses, "map", "l1", "raise_bound");
                yield new OptimisticNewtonStep(
                        domain,
                        options.number("gradient_bound", 0),
                        options.number("alpha", 0),
                        options.number("h0", OptimisticNewtonStep.smallestFor(smoothness)),
                        hint);
            }
            case "dynamic" -> {
                refuse(options, "losses: " + losses, "map", "l1", "raise_bound", "hint");
                double bound = Vectors.requirePositive("gradient_bound", options.number("gradient_bound", 0));
                yield new DynamicOptimisticDescent(
                        domain,
                        new DynamicOptions(
                                bound,
                                smoothness > 0 ? smoothness : bound / (8 * domain.diameter()),
                                options.longInteger("horizon", 1),
                                !options.has("horizon")));
            }
            default ->
                throw new IllegalArgumentException("option 'losses' must be convex, strongly_convex, exp_concave or"
                        + " dynamic, not '" + losses + "'");
        };
    }

    /** The sparse optimiser that the options name. */
    static SparseMirrorDescent sparse(Domain domain, Options options) {
        refuse(options, "bits", "map", "window", "steps", "alpha", "h0", "horizon");
        String hint = options.text("hint", "last");
        if (!hint.equals("last") && !hint.equals("none")) {
            throw new IllegalArgumentException("option 'hint' must be last or none with bits, not '" + hint + "'");
        }
        double smoothness = Vectors.requireNotNegative("smoothness", options.number("smoothness", 0));
        StepSchedule schedule =
                switch (options.text("losses", "convex")) {
                    case "convex" -> convex(domain.diameter(), smoothness, options);
                    case "strongly_convex" -> stronglyConvex(options);
                    default ->
                        throw new IllegalArgumentException(
                                "option 'losses' must be convex or strongly_convex with bits: other steps cost by the"
                                        + " dimension");
                };
        return new SparseMirrorDescent(domain, schedule, hint.equals("last"), options.number("l1", 0), domain.centre());
    }

    static StepSchedule stronglyConvex(Options options) {
        return new StepSchedule.StronglyConvex(options.number("lambda", 0), options.number("offset", 0));
    }

    static StepSchedule convex(double scale, double smoothness, Options options) {
        return new StepSchedule.Convex(
                scale,
                options.number("gradient_bound", UNKNOWN_BOUND),
                10 * scale * scale * smoothness * smoothness,
                options.flag("raise_bound", !options.has("gradient_bound")));
    }

    private static MirrorMap map(Domain domain, Options options) {
        double weight = options.number("l1", 0);
        return switch (options.text("map", "euclidean")) {
            case "euclidean" -> MirrorMap.withL1(domain, weight);
            case "entropy" -> {
                if (!(domain instanceof Simplex simplex) || weight != 0) {
                    throw new IllegalArgumentException(
                            "option 'map': entropy needs a simplex as domain and no l1 term; the domain is " + domain);
                }
                yield MirrorMap.entropy(simplex);
            }
            default ->
                throw new IllegalArgumentException(
                        "option 'map' must be euclidean or entropy, not '" + options.text("map", "") + "'");
        };
    }

    static void refuse(Options options, String where, String... names) {
        for (String name : names) {
            if (options.has(name)) {
                throw new IllegalArgumentException("option '" + name + "' has no use with " + where);
            }
        }
    }
}
