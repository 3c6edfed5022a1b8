package dev.steelyard.online.onesidedfair;

/** What is learnt from outcomes. */
public enum OutcomeUse {
    /** Outcomes of accepted cases, weighted by inverse probability: without bias (default). */
    ONE_SIDED,
    /** Outcomes of accepted cases as if they were all: biased; a baseline. */
    LABELLED_ONLY,
    /** Outcomes of rejected cases too, as in Bechavod, Jung, Wu (2020): a reference that real use does not have. */
    FULL_INFORMATION
}
