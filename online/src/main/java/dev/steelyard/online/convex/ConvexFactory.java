package dev.steelyard.online.convex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.wire.DescribedFactory;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes optimisers from JSON options: {@code domain} is common to all, a subclass adds its own. Where the options let
 * the context guess the gradient, a context is {@code {"hint": [..]}}; the first decision of a round counts.
 */
public abstract class ConvexFactory extends DescribedFactory {

    protected ConvexFactory(String name, String description, List<Option> own) {
        super(
                name,
                description,
                new Option("domain", "object", true, "the points to choose from: " + DomainJson.SHAPE),
                own);
    }

    /**
     * Makes the optimiser.
     *
     * @param hint what the options say of it; only optimistic methods have one
     */
    protected abstract OnlineOptimizer optimizer(Domain domain, Hint hint, Options options);

    @Override
    public final Shapes shapes() {
        return new Shapes(
                options().containsAll(HintJson.OPTIONS) ? "empty, or {\"hint\": [numbers]} with hint: context" : "",
                "the point, an array of numbers",
                "the gradient at that point, an array of numbers, or {\"gradients\": [arrays]} of a batch, whose mean is"
                        + " one round");
    }

    @Override
    public final JsonLearner<?, ?, ?> create(JsonNode values, long seed) {
        Options read = new Options(this, values);
        Domain domain = DomainJson.read(read.node("domain"), "option 'domain' of '" + name() + "'");
        Hint hint = HintJson.read(read);
        ConvexLearner learner = new ConvexLearner(optimizer(domain, hint, read));
        int dimension = domain.dimension();
        return new JsonLearner<>(
                learner,
                new JsonLearner.JsonCodec<>(
                        context -> guess(context, hint, dimension),
                        JsonValues::array,
                        action -> JsonValues.vector(action, "the point"),
                        outcome -> gradient(outcome, dimension)));
    }

    private static Void guess(JsonNode context, Hint hint, int dimension) {
        JsonNode said = context == null ? null : context.get("hint");
        if (said == null || said.isNull()) {
            return null;
        }
        if (!(hint instanceof SuppliedHint supplied) || !supplied.isOpen()) {
            throw new IllegalArgumentException(
                    "the context has a hint, which this learner's options do not provide for;"
                            + " create it with \"hint\": \"context\"");
        }
        double[] guess = JsonValues.vector(said, "the hint");
        if (guess.length != dimension) {
            throw new IllegalArgumentException(
                    "the hint has " + guess.length + " entries where the points have " + dimension);
        }
        supplied.supply(guess);
        return null;
    }

    private static double[] gradient(JsonNode outcome, int dimension) {
        try {
            if (!outcome.path("gradients").isArray()) {
                return JsonValues.vector(outcome, "the gradient");
            }
            List<double[]> batch = new ArrayList<>();
            for (JsonNode gradient : outcome.get("gradients")) {
                batch.add(JsonValues.vector(gradient, "gradient " + batch.size() + " of the batch"));
            }
            return OnlineOptimizer.mean(batch, dimension);
        } catch (InvalidOutcomeException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidOutcomeException(e.getMessage());
        }
    }
}
