package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import java.util.Optional;
import java.util.Set;

/** A baseline: keeps one arm of the stream, each as likely, and tries none. */
public final class RandomArm implements Exploration {

    private static final String NAME = "random-arm";

    private final RestorableRandom random;
    private King king;
    private long arrived;

    public RandomArm(long seed) {
        this.random = new RestorableRandom(seed);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Batch> offer(String arm) {
        arrived++;
        if (random.nextLong(arrived) == 0) {
            king = new King(arm, Double.NaN);
        }
        return Optional.empty();
    }

    @Override
    public Optional<Batch> completed(Batch batch, double mean) {
        throw new IllegalStateException("no batch was asked for");
    }

    @Override
    public Optional<String> best() {
        return Optional.ofNullable(king).map(King::arm);
    }

    @Override
    public double bestMean() {
        return Double.NaN;
    }

    @Override
    public Set<String> kept() {
        return King.arms(king);
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
    public void rescale(StreamScale scale) {
        // Nothing is measured.
    }

    @Override
    public State state() {
        State state = State.of(NAME).put("random", random.state()).put("arrived", arrived);
        return king == null ? state : state.put("king", king.arm());
    }

    @Override
    public Runnable load(State saved) {
        State savedRandom = saved.require(NAME).state("random");
        long savedArrived = saved.integer("arrived");
        King savedKing = saved.has("king") ? new King(saved.text("king"), Double.NaN) : null;
        return () -> {
            random.restore(savedRandom);
            arrived = savedArrived;
            king = savedKing;
        };
    }
}
