package dev.steelyard.online.wtb;

/** In which order the arms that are left have their turns. */
public enum EpochOrder {
    /** By number (default). */
    INDEX,
    /** By number, but the arm that ended the epoch before begins: with {@code skipBurnIn} one burn-in less an epoch. */
    PREVIOUS_ARM_FIRST,
    /** Each turn drawn among those left in the epoch, so that plateaus may be compared by design. */
    RANDOM
}
