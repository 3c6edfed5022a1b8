package dev.steelyard.online;

/** Feedback outside its range, such as a loss that is NaN. */
public final class InvalidOutcomeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidOutcomeException(String message) {
        super(message);
    }

    /**
     * Checks a loss.
     *
     * @return the loss
     * @throws InvalidOutcomeException if it is not in [0, 1]
     */
    public static double requireUnitLoss(long decision, double loss) {
        if (loss >= 0 && loss <= 1) {
            return loss;
        }
        throw new InvalidOutcomeException("the loss of decision " + decision + " is " + loss
                + "; it must be in [0, 1]: scale it by its known range");
    }
}
