package dev.steelyard.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PendingDecisionsTest {

    private static State write(String kept) {
        return State.of("kept").put("text", kept);
    }

    /** Against a sorted map, where some decisions stay open for ever and others close in any order. */
    @Test
    void keepsWhatASortedMapKeeps() {
        SplittableRandom random = new SplittableRandom(1);
        PendingDecisions<String> pending = new PendingDecisions<>();
        TreeMap<Long, String> expected = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            if (expected.size() < 300 && random.nextInt(3) > 0 || expected.isEmpty()) {
                long id = pending.open("kept " + step);
                assertThat(id).isEqualTo(pending.made() - 1);
                expected.put(id, "kept " + step);
            } else {
                List<Long> open = new ArrayList<>(expected.keySet());
                long id = open.get(Math.min(open.size() - 1, 5 + random.nextInt(open.size())));
                assertThat(pending.get(id)).isEqualTo(expected.get(id));
                assertThat(pending.close(id)).isEqualTo(expected.remove(id));
                assertThatThrownBy(() -> pending.get(id)).isInstanceOf(UnknownDecisionException.class);
            }
            assertThat(pending.size()).isEqualTo(expected.size());
        }
        expected.forEach((id, kept) -> assertThat(pending.get(id)).isEqualTo(kept));
        State saved = pending.state(PendingDecisionsTest::write);
        assertThat(saved.integers("ids"))
                .containsExactly(
                        expected.keySet().stream().mapToLong(Long::longValue).toArray());
        PendingDecisions<String> read = PendingDecisions.from(saved, state -> state.text("text"));
        assertThat(read.state(PendingDecisionsTest::write)).isEqualTo(saved);
        assertThat(read.made()).isEqualTo(pending.made());
    }
}
