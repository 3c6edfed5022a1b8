package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Pulls every arm equally often and keeps the best mean: one stored arm. */
public final class KeepBest implements Exploration {

    private final String name;
    private final ToDoubleFunction<StreamScale> perArm;
    private double pulls;
    private King king;

    private KeepBest(String name, StreamScale scale, ToDoubleFunction<StreamScale> perArm) {
        this.name = name;
        this.perArm = perArm;
        this.pulls = perArm.applyAsDouble(scale);
    }

    /** The benchmark: c (T/K)^(2/3) (ln T)^(1/3) pulls of each arm; regret O(K^(1/3) T^(2/3) ln^(1/3) T). */
    public static KeepBest uniform(StreamScale scale) {
        return new KeepBest("uniform", scale, measure -> {
            double share = measure.horizon() / (double) measure.arms();
            return measure.factor() * Math.cbrt(share * share) * Math.cbrt(Math.log(measure.horizon()));
        });
    }

    /** c ln K/eps^2 pulls of each arm; expected regret O(K^(1/3) T^(2/3) log K). */
    public static KeepBest naive(StreamScale scale) {
        return new KeepBest("naive", scale, measure -> measure.logArms() * measure.unit());
    }

    /** So many pulls of each arm, whatever the scale. */
    static KeepBest fixed(String name, StreamScale scale, double pulls) {
        return new KeepBest(name, scale, measure -> pulls);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Batch> offer(String arm) {
        return Optional.of(Batch.of(arm, 0, pulls));
    }

    @Override
    public Optional<Batch> completed(Batch batch, double mean) {
        if (king == null || mean > king.mean()) {
            king = new King(batch.arm(), mean);
        }
        return Optional.empty();
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
    public void rescale(StreamScale scale) {
        pulls = perArm.applyAsDouble(scale);
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
        State state = State.of(name);
        King.put(state, "king", king);
        return state;
    }

    @Override
    public Runnable load(State saved) {
        King savedKing = King.get(saved.require(name), "king");
        return () -> king = savedKing;
    }
}
