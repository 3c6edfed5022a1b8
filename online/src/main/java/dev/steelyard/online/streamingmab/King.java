package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import java.util.LinkedHashSet;
import java.util.Set;

/** A kept arm and the mean by which it is defended. */
record King(String arm, double mean) {

    private static final String NAME = "king";

    State state() {
        return State.of(NAME).put("arm", arm).put("mean", mean);
    }

    static King from(State saved) {
        return new King(saved.require(NAME).text("arm"), saved.number("mean"));
    }

    /** The arms of kings, of which some may be null or the same. */
    static Set<String> arms(King... kings) {
        Set<String> arms = new LinkedHashSet<>();
        for (King king : kings) {
            if (king != null) {
                arms.add(king.arm());
            }
        }
        return arms;
    }

    static void put(State state, String name, King king) {
        if (king != null) {
            state.put(name, king.state());
        }
    }

    static King get(State state, String name) {
        return state.has(name) ? from(state.state(name)) : null;
    }
}
