package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Finished trials of one process; tells of each as it ends. */
final class InMemoryTrials implements TrialStore {

    private final Map<String, TrialResult> finished = new ConcurrentHashMap<>();
    private final Consumer<TrialResult> listener;

    InMemoryTrials(Consumer<TrialResult> listener) {
        this.listener = listener;
    }

    @Override
    public Map<String, TrialResult> finished() {
        return Map.copyOf(finished);
    }

    @Override
    public void append(TrialResult result) {
        finished.put(result.trial().key(), result);
        listener.accept(result);
    }
}
