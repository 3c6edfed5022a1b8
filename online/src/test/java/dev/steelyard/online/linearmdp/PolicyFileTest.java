package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.RestorableRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {

    private static final LinearMdp MDP = LinearMdp.random(2, 3, 2, 3, new RestorableRandom(7));

    @TempDir
    private Path folder;

    @Test
    void aPolicyLeavesItsLearner() throws IOException {
        AdversarialMdpLearner learner =
                new AdversarialMdpLearner(MDP, MDP.model(), LinearMdpOptions.logBarrier(MDP, 9, 3), 1);
        learner.feedback(learner.decide(new MdpState(0, 0)).id(), .3);
        learner.feedback(learner.decide(new MdpState(1, 2)).id(), .9);
        Path file = folder.resolve("policy.json");
        PolicyFile.write(file, learner.policy());
        assertThat(PolicyFile.read(file, MDP)).isDeepEqualTo(learner.policy());
    }

    @Test
    void badPoliciesAreNamed() throws IOException {
        Path file = folder.resolve("policy.json");
        for (String[] each : new String[][] {
            {"{}", "holds no policy"},
            {"[[[1, 0]]]", "has 1 layers, not 2"},
            {"[[[1, 0]], [[1, 0]]]", "layer 1 has 1 states, not 3"},
            {"[[[0.6, 0.6]], [[1, 0], [1, 0], [1, 0]]]", "layer 0, state 0 must have 2 probabilities"},
            {"[[[1, 0]], [[1, 0], [1, 0], [1]]]", "layer 1, state 2"}
        }) {
            Files.writeString(file, each[0]);
            assertThatThrownBy(() -> PolicyFile.read(file, MDP))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(each[1]);
        }
    }
}
