package dev.steelyard.online.onesidedfair;

/** How an objection enters the losses. */
public enum PenaltyForm {
    /** C/2 (h(x) - h(x')) is added to the loss of each hypothesis h (default). */
    EXACT,
    /** C copies of (x, label 0) and C of (x', label 1) join the batch, as in the paper; C must be an integer. */
    COPIES
}
