package dev.steelyard.torch;

/**
 * Moves parameters along their gradients. The protocol of the {@code optim} domain; it stands on this floor because
 * training loops of every floor take one.
 *
 * <p>A step reads {@link Tensor#grad()} of each parameter; a parameter without gradient is left alone.
 */
public interface Optimizer extends AutoCloseable {

    /**
     * Updates every parameter that has a gradient.
     *
     * @throws NonFiniteGradientException if a gradient holds NaN or infinity; no parameter has been changed then
     */
    void step();

    /** Forgets all gradients. */
    void zeroGrad();

    /** Scales every group's learning rate, as a schedule does; 1 at first. */
    void learningRateFactor(double factor);

    /** Bytes of state held now, beyond the parameters and their gradients. */
    long stateBytes();

    /** Everything needed to go on exactly; copies, so that later steps do not change it. */
    StateDict state();

    /**
     * Takes up a state made by {@link #state()} of an optimiser of the same kind over the same parameters.
     *
     * @throws IllegalArgumentException if it does not fit; the message names what differs, and nothing has changed
     */
    void load(StateDict state);

    /** Frees the state. */
    @Override
    void close();
}
