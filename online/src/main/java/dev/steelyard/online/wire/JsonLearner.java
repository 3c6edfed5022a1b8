package dev.steelyard.online.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.Policy;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A learner whose contexts, actions and outcomes are JSON.
 *
 * @param <C> the learner's context
 * @param <A> the learner's action
 * @param <F> the learner's outcome
 */
public final class JsonLearner<C, A, F> implements OnlineLearner<JsonNode, JsonNode, JsonNode> {

    private final OnlineLearner<C, A, F> learner;
    private final JsonCodec<C, A, F> codec;

    public JsonLearner(OnlineLearner<C, A, F> learner, JsonCodec<C, A, F> codec) {
        this.learner = learner;
        this.codec = codec;
    }

    /**
     * How a learner's values look in JSON.
     *
     * @param context reads a context; a missing one is a {@code MissingNode} or null node
     * @param action writes an action
     * @param actionBack reads what {@code action} wrote
     * @param outcome reads an outcome
     */
    public record JsonCodec<C, A, F>(
            Function<JsonNode, C> context,
            Function<A, JsonNode> action,
            Function<JsonNode, A> actionBack,
            Function<JsonNode, F> outcome) {}

    /** The learner behind. */
    public OnlineLearner<C, A, F> learner() {
        return learner;
    }

    @Override
    public String name() {
        return learner.name();
    }

    @Override
    public Decision<JsonNode> decide(JsonNode context) {
        Decision<A> decision = learner.decide(codec.context().apply(context));
        return new Decision<>(decision.id(), codec.action().apply(decision.action()), decision.propensity());
    }

    @Override
    public void feedback(long decision, JsonNode outcome) {
        learner.feedback(decision, codec.outcome().apply(outcome));
    }

    @Override
    public void expire(long decision) {
        learner.expire(decision);
    }

    @Override
    public int pending() {
        return learner.pending();
    }

    @Override
    public State snapshot() {
        return learner.snapshot();
    }

    @Override
    public void restore(State snapshot) {
        learner.restore(snapshot);
    }

    /** The probability of an action now, if the learner can say it; what off-policy evaluation needs. */
    @SuppressWarnings("unchecked") // a learner's policy has the learner's own types
    public OptionalDouble probability(JsonNode context, JsonNode action) {
        if (learner instanceof Policy<?, ?> policy) {
            return OptionalDouble.of(((Policy<C, A>) policy)
                    .probability(
                            codec.context().apply(context), codec.actionBack().apply(action)));
        }
        return OptionalDouble.empty();
    }
}
