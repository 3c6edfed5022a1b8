package dev.steelyard.online.wtb;

/**
 * What {@link RepeatedExposureBandit} needs to tell arms apart whose plateaus differ by a gap: numbers to plan a horizon by.
 *
 * @param recorded plays of each arm whose losses count: 2 c^2 ln(2 K max(1, log2 T)/delta) / gap^2, rounded up
 * @param epochs after which so many are recorded, with windows of 2, 4, 8, ...
 * @param burnIn plays at most that load memories, of all arms together: K M in each epoch
 * @param plays at most in all until the arms are told apart
 */
public record ExposurePlan(long recorded, int epochs, long burnIn, long plays) {

    /**
     * A plan.
     *
     * @param gap between the plateaus of the best arm and of another, in (0, 1]
     */
    public static ExposurePlan of(RepeatedExposureOptions options, double gap) {
        if (!(gap > 0 && gap <= 1)) {
            throw new IllegalArgumentException("gap must be in (0, 1], not " + gap);
        }
        double factor = options.scale() * options.scale() / (gap * gap);
        long recorded = (long) Math.ceil(2 * factor * PlateauStatistics.logTerm(options));
        int epochs = 1;
        // 2 + 4 + ... + 2^s = 2^(s+1) - 2.
        while ((2L << epochs) - 2 < recorded) {
            epochs++;
        }
        long burnIn = (long) epochs * options.arms() * options.memory();
        return new ExposurePlan(recorded, epochs, burnIn, burnIn + options.arms() * ((2L << epochs) - 2));
    }
}
