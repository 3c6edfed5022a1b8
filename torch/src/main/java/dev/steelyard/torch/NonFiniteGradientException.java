package dev.steelyard.torch;

/** A gradient holds NaN or infinity; the parameters have not been changed. */
public final class NonFiniteGradientException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final long step;

    public NonFiniteGradientException(String parameter, long step) {
        super("the gradient of '" + parameter + "' holds NaN or infinity at step " + step
                + "; the parameters were left as they were. Lower the learning rate, clip gradients or look at the data"
                + " of this step");
        this.parameter = parameter;
        this.step = step;
    }

    /** Name of the parameter. */
    public String parameter() {
        return parameter;
    }

    /** Number of the step, from 1. */
    public long step() {
        return step;
    }
}
