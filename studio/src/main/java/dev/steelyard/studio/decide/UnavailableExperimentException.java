package dev.steelyard.studio.decide;

/** A request for an experiment whose log cannot be replayed by this version; the message says why, and what to do. */
final class UnavailableExperimentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnavailableExperimentException(String experiment, Throwable reason) {
        super(
                "experiment '" + experiment + "' is unavailable: "
                        + (reason.getMessage() == null ? reason : reason.getMessage())
                        + ". Nothing of it was changed, and GET /experiments/" + experiment
                        + "/log gives its log; keep its outcomes and serve it with the version that wrote it, or go on"
                        + " under another id",
                reason);
    }
}
