package dev.steelyard.online.wtb;

import dev.steelyard.online.bandit.BanditFactory;
import dev.steelyard.online.bandit.BanditLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes bandits with burn-in from JSON options; without {@code memory} they find it out by doubling. */
public final class RepeatedExposureFactory extends BanditFactory {

    public RepeatedExposureFactory() {
        super(
                "repeated-exposure",
                "Finds the arm that is best when it is repeated, where an arm's loss depends on how often it was played"
                        + " of late: one instance a user.",
                new LearnerFactory.Option("horizon", "integer", true, "plays in all"),
                new LearnerFactory.Option(
                        "memory",
                        "integer",
                        false,
                        "upper bound of how many plays back matter; left out: unknown, doubled with restarts"),
                new LearnerFactory.Option("delta", "number", false, "chance to drop the best arm; default 1/horizon"),
                new LearnerFactory.Option("scale", "number", false, "of the radius; default 1, 0.5 is practical"),
                new LearnerFactory.Option(
                        "skipBurnIn", "boolean", false, "no burn-in for the arm just played; default false"),
                new LearnerFactory.Option(
                        "order", "string", false, "of turns: index (default), previous_arm_first or random"),
                new LearnerFactory.Option(
                        "varianceAware",
                        "boolean",
                        false,
                        "a smaller radius where losses hardly scatter; default false"),
                new LearnerFactory.Option(
                        "reopenEvery", "integer", false, "all arms come back after so many plays; default 0: never"));
    }

    @Override
    protected BanditLearner bandit(int arms, Options options, long seed) {
        long horizon = options.longInteger("horizon", 1);
        RepeatedExposureOptions defaults = RepeatedExposureOptions.of(arms, horizon, options.integer("memory", 1));
        RepeatedExposureOptions read = RepeatedExposureOptionsBuilder.builder(defaults)
                .delta(options.number("delta", defaults.delta()))
                .scale(options.number("scale", defaults.scale()))
                .skipBurnIn(options.flag("skipBurnIn", false))
                .epochOrder(order(options.text("order", "index")))
                .varianceAware(options.flag("varianceAware", false))
                .reopenEvery(options.longInteger("reopenEvery", 0))
                .build();
        return options.has("memory")
                ? new RepeatedExposureBandit(read, seed)
                : new UnknownMemoryBandit(read, UnknownMemoryBandit.FIRST_PHASE * arms, seed);
    }

    private static EpochOrder order(String name) {
        return Arrays.stream(EpochOrder.values())
                .filter(order -> order.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("option 'order' of 'repeated-exposure' is '" + name
                        + "'; there are "
                        + Arrays.stream(EpochOrder.values())
                                .map(order -> order.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
