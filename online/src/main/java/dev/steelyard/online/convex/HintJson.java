package dev.steelyard.online.convex;

import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.List;

/** The options {@code hint} and {@code window} of optimistic methods. */
public final class HintJson {

    /** Both options. */
    public static final List<LearnerFactory.Option> OPTIONS = List.of(
            new LearnerFactory.Option(
                    "hint",
                    "string",
                    false,
                    "guess of the next gradient: last (default), average of the last ones, none, or context: what the"
                            + " decision's context says"),
            new LearnerFactory.Option("window", "integer", false, "gradients in an average; default 10"));

    private static final int WINDOW = 10;

    private HintJson() {}

    /**
     * Makes the hint.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Hint read(Options options) {
        return switch (options.text("hint", "last")) {
            case "last" -> Hint.lastGradient();
            case "average" -> Hint.movingAverage(options.integer("window", WINDOW));
            case "none" -> Hint.none();
            case "context" -> Hint.supplied();
            default ->
                throw new IllegalArgumentException(
                        "option 'hint' must be last, average, none or context, not '" + options.text("hint", "") + "'");
        };
    }
}
