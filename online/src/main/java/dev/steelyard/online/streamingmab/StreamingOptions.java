package dev.steelyard.online.streamingmab;

/**
 * Options of {@link StreamingBandit} beyond its scale.
 *
 * @param mixing share of the pulls that are drawn uniformly among the stored arms, in [0, 1); 0, the default, is the paper's.
 *     Above 0 every stored arm has a positive propensity, so that logs can evaluate other choices among them
 * @param extend what becomes of more arms than were declared: false, the default, refuses them; true doubles the declared
 *     number and recomputes eps for the batches to come
 */
public record StreamingOptions(double mixing, boolean extend) {

    public static final StreamingOptions DEFAULT = new StreamingOptions(0, false);

    public StreamingOptions {
        if (!(mixing >= 0 && mixing < 1)) {
            throw new IllegalArgumentException("mixing must be in [0, 1), not " + mixing);
        }
    }
}
