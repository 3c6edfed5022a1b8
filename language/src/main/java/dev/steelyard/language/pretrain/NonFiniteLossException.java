package dev.steelyard.language.pretrain;

/** The training loss became NaN or infinite; the last checkpoint is untouched. */
public final class NonFiniteLossException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NonFiniteLossException(double loss, int step, long batch) {
        super("the loss is " + loss + " at step " + step + ", batch " + batch
                + "; training stopped before the weights moved and the last checkpoint is as it was."
                + " Lower the learning rate, or look at the text of this batch");
    }
}
