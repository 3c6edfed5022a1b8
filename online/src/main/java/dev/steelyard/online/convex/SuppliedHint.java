package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/** What the caller guesses; zero until it says so. */
public final class SuppliedHint implements Hint {

    private final boolean open;
    private double[] guess = new double[0];

    SuppliedHint(boolean open) {
        this.open = open;
    }

    /**
     * Guesses the gradient of the coming rounds; set it before the round's first {@code predict}.
     *
     * @throws IllegalStateException if this is {@link Hint#none}
     */
    public void supply(double[] gradient) {
        if (!open) {
            throw new IllegalStateException("this hint is always zero; take Hint.supplied() to supply one");
        }
        guess = gradient.clone();
    }

    /** Whether guesses may be supplied; not so for {@link Hint#none}. */
    public boolean isOpen() {
        return open;
    }

    @Override
    public double[] guess(int dimension) {
        if (guess.length == 0) {
            return new double[dimension];
        }
        return Vectors.requireGradient(guess, dimension).clone();
    }

    @Override
    public void observe(double[] gradient) {
        // the caller's guess stands until the next one
    }

    @Override
    public State state() {
        return State.of("supplied hint").put("guess", guess);
    }

    @Override
    public void restore(State state) {
        guess = state.require("supplied hint").doubles("guess");
    }
}
