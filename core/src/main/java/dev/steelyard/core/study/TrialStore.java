package dev.steelyard.core.study;

import java.util.Map;

/** Where finished trials are kept, so that an interrupted study goes on where it stopped. */
public interface TrialStore {

    /** The trials that are finished already, by {@link Trial#key()}. */
    Map<String, TrialResult> finished();

    /** Keeps a finished trial; it survives a kill once this returns. Safe for use by several threads. */
    void append(TrialResult result);
}
