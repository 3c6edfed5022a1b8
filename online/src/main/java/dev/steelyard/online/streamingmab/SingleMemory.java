package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps one arm, which is eps-best with a constant probability: most arms cost one batch of 1/eps^2 pulls, only a strong
 * challenger is pulled on. In the spirit of T. Jin, K. Huang, J. Tang, X. Xiao, ICML 2021; a variant of our own.
 */
public final class SingleMemory implements Exploration {

    private static final String NAME = "single-memory";

    private StreamScale scale;
    private final double delta;
    private final double margin;
    private King king;
    private long arrived;
    private int round;
    private double sum;
    private long pulls;

    /**
     * @param delta probability of failure, in (0, 1); 0.1 is usual
     * @param margin kappa: a challenger must be better by kappa eps; 0.25 is usual, 0 is greedier
     */
    public SingleMemory(StreamScale scale, double delta, double margin) {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be in (0, 1), not " + delta);
        }
        if (!(margin >= 0) || Double.isInfinite(margin)) {
            throw new IllegalArgumentException("margin must be finite and at least 0, not " + margin);
        }
        this.scale = scale;
        this.delta = delta;
        this.margin = margin;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Batch> offer(String arm) {
        arrived++;
        round = 0;
        sum = 0;
        pulls = 0;
        return Optional.of(
                king == null
                        ? Batch.of(arm, 0, 2 * scale.unit() * Math.log(1 / delta))
                        : Batch.of(arm, 0, scale.unit()));
    }

    @Override
    public Optional<Batch> completed(Batch batch, double mean) {
        if (king == null) {
            king = new King(batch.arm(), mean);
            return Optional.empty();
        }
        sum += mean * batch.pulls();
        pulls += batch.pulls();
        double whole = sum / pulls;
        if (whole < king.mean() + margin * scale.accuracy()) {
            return Optional.empty();
        }
        if (pulls >= scale.unit() * Math.log((double) arrived * arrived / delta)) {
            king = new King(batch.arm(), whole);
            return Optional.empty();
        }
        round++;
        return Optional.of(Batch.of(batch.arm(), round, scale.unit() * Math.scalb(1.0, round)));
    }

    @Override
    public Optional<String> best() {
        return Optional.ofNullable(king).map(King::arm);
    }

    @Override
    public double bestMean() {
        return king == null ? Double.NaN : king.mean();
    }

    @Override
    public Set<String> kept() {
        return King.arms(king);
    }

    @Override
    public void rescale(StreamScale rescaled) {
        scale = rescaled;
    }

    @Override
    public int stored() {
        return king == null ? 0 : 1;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public State state() {
        State state = State.of(NAME)
                .put("arrived", arrived)
                .put("round", round)
                .put("sum", sum)
                .put("pulls", pulls);
        King.put(state, "king", king);
        return state;
    }

    @Override
    public Runnable load(State saved) {
        long savedArrived = saved.require(NAME).integer("arrived");
        int savedRound = saved.smallInteger("round");
        double savedSum = saved.number("sum");
        long savedPulls = saved.integer("pulls");
        King savedKing = King.get(saved, "king");
        return () -> {
            arrived = savedArrived;
            round = savedRound;
            sum = savedSum;
            pulls = savedPulls;
            king = savedKing;
        };
    }
}
