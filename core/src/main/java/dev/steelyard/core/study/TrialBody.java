package dev.steelyard.core.study;

/** The work of one trial. It runs on one thread and uses no random numbers but the context's. */
@FunctionalInterface
public interface TrialBody {

    /** Runs the trial and records metrics and curves in the context. */
    void run(Trial trial, TrialContext context) throws Exception;
}
