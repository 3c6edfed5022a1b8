package dev.steelyard.language.pretrain;

/** The training loss, its gradient or a weight became NaN or infinite; the last checkpoint is untouched. */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param step from 1
     * @param batch from 0
     */
    public NonFiniteLossException(double loss, int step, long batch) {
        this("the loss is " + loss, step, batch);
    }

    private NonFiniteLossException(String finding, int step, long batch) {
        this(finding + " at step " + step + ", batch " + batch, "look at the text of this batch");
    }

    private NonFiniteLossException(String finding, String remedy) {
        super(finding + "; training stopped and the last checkpoint is as it was. Lower the learning rate, or "
                + remedy);
    }

    /** The step's training loss was finite, and the loss on the held-out text is not. */
    static NonFiniteLossException ofHeldOut(double loss, int step) {
        return new NonFiniteLossException("the held-out loss is " + loss + " after step " + step, "look at that text");
    }

    /** The loss was finite and its gradient was not; with accumulation the batch is the step's last. */
    static NonFiniteLossException ofGradient(double norm, int step, long batch) {
        return new NonFiniteLossException("the gradient's norm is " + norm, step, batch);
    }

    /** The step's update was too large for a weight, which a checkpoint must not keep. */
    static NonFiniteLossException ofWeight(String name, int step, long batch) {
        return new NonFiniteLossException("tensor " + name + " holds NaN or infinity", step, batch);
    }
}
