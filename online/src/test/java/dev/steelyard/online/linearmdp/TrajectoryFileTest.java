package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryFileTest {

    private static final LinearMdp MDP = LinearMdp.random(3, 4, 2, 3, new RestorableRandom(7));

    private static LinearMdpOptions options() {
        return LinearMdpOptions.logBarrier(MDP, 100, 3);
    }

    private static AdversarialMdpLearner learner() {
        return new AdversarialMdpLearner(MDP, MDP.model(), options(), 1);
    }

    private static double[][][] losses() {
        return MDP.losses(new double[][] {{.9, .1, .4}, {.2, .8, .5}, {.7, .3, .1}});
    }

    /** Plays an episode and keeps its trajectory. */
    private static Trajectory play(EpisodicLearner learner, MdpEnvironment world) {
        List<Trajectory.Step> steps = new ArrayList<>();
        MdpState state = world.reset();
        for (boolean over = false; !over; ) {
            Decision<Integer> decision = learner.decide(state);
            MdpEnvironment.Step step = world.step(decision.action());
            learner.feedback(decision.id(), step.loss());
            steps.add(new Trajectory.Step(state.state(), decision.action(), step.loss(), decision.propensity()));
            over = step.terminated();
            state = step.state();
        }
        return new Trajectory(world.episode(), steps);
    }

    private static MdpEnvironment world() {
        return new MdpEnvironment(MDP, MDP, episode -> losses(), new RestorableRandom(3));
    }

    @Test
    void whatIsWrittenIsReadAndTeachesTheSame(@TempDir Path folder) throws IOException {
        MdpEnvironment world = world();
        AdversarialMdpLearner played = learner();
        List<Trajectory> trajectories = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int episode = 0; episode < 20; episode++) {
            trajectories.add(play(played, world));
            lines.append(TrajectoryFile.lines(trajectories.getLast()));
        }
        lines.append(
                TrajectoryFile.lines(new Trajectory(99, trajectories.getFirst().steps(), 2)));
        Path file = folder.resolve("trajectories.jsonl");
        Files.writeString(file, lines);
        List<Trajectory> read = TrajectoryFile.read(file, MDP);
        Path marked = Files.writeString(folder.resolve("marked.jsonl"), "\uFEFF" + lines);
        assertThat(TrajectoryFile.read(marked, MDP)).isEqualTo(read);
        assertThat(read.removeLast().exploredLayer()).isEqualTo(2);
        assertThat(read).isEqualTo(trajectories);

        AdversarialMdpLearner taught = learner();
        read.forEach(taught::endEpisode);
        assertThat(taught.costs()).isDeepEqualTo(played.costs());
        HistoryLearner history = new HistoryLearner(MDP, MDP, options(), HistoryOptions.of(20), 1);
        read.forEach(history::endEpisode);
        assertThat(history.records()).isEqualTo(20);
    }

    /** The mean importance-weighted loss of the uniform policy's episodes is another policy's value. */
    @Test
    void anotherPolicyIsEvaluatedStepByStep() {
        AdversarialMdpLearner uniform = new AdversarialMdpLearner(
                MDP,
                MDP.model(),
                LinearMdpOptionsBuilder.builder(options()).learningRate(1e-12).build(),
                4);
        double[][][] other = Tables.zeros(MDP);
        for (double[][] layer : other) {
            for (double[] state : layer) {
                state[0] = .8;
                state[1] = .2;
            }
        }
        MdpEnvironment world = world();
        double mean = 0;
        int episodes = 4000;
        for (int episode = 0; episode < episodes; episode++) {
            mean += play(uniform, world).importanceWeightedLoss(other) / episodes;
        }
        assertThat(mean).isCloseTo(MDP.value(other, losses()), within(.04));
        assertThat(MDP.value(other, losses())).isNotCloseTo(MDP.value(Tables.uniform(MDP), losses()), within(.08));
        // By hand: 1.6 * .5 + 1.6 * .4 * .25.
        Trajectory byHand =
                new Trajectory(0, List.of(new Trajectory.Step(0, 0, .5, .5), new Trajectory.Step(0, 1, .25, .5)));
        assertThat(byHand.importanceWeightedLoss(other)).isCloseTo(1.6 * .5 + 1.6 * .4 * .25, within(1e-12));
    }

    private static AbstractThrowableAssert<?, ?> fails(String... lines) {
        String text = String.join("\n", lines).replace('\'', '"');
        return assertThatThrownBy(() -> TrajectoryFile.read("t.jsonl", new BufferedReader(new StringReader(text)), MDP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String line(int episode, int step, String rest) {
        return "{'episode': " + episode + ", 'step': " + step + ", " + rest + "}";
    }

    @Test
    void badLinesAreNamed() {
        String good = "'state': 0, 'action': 1, 'loss': 0.5, 'propensity': 0.5";
        fails(line(0, 0, good), "nonsense").hasMessageContaining("t.jsonl:2: the line is no JSON");
        fails("3").hasMessageContaining("t.jsonl:1: the line must be a JSON object");
        fails(line(0, 1, good)).hasMessageContaining("t.jsonl:1: step 1 stands where step 0 is due");
        fails(line(0, 0, good), line(0, 1, good), line(1, 0, good))
                .hasMessageContaining("t.jsonl:3: episode 0 ends after 2 of 3 steps");
        fails(line(0, 0, good)).hasMessageContaining("at its end").hasMessageContaining("1 of 3 steps");
        fails(line(0, 0, good), line(0, 1, good), line(0, 2, good), line(0, 0, good))
                .hasMessageContaining("t.jsonl:4: episode 0 came before");
        fails(line(0, 0, "'state': 4, 'action': 1, 'loss': 0.5, 'propensity': 0.5"))
                .hasMessageContaining("'state' must be an integer from 0 to 0, not 4");
        fails(line(0, 0, "'state': 0, 'action': 2, 'loss': 0.5, 'propensity': 0.5"))
                .hasMessageContaining("'action' must be an integer from 0 to 1, not 2");
        fails(line(0, 0, "'state': 0, 'action': 1, 'loss': 1.5, 'propensity': 0.5"))
                .hasMessageContaining("t.jsonl:1: the loss of a step is 1.5");
        fails(line(0, 0, "'state': 0, 'action': 1, 'loss': 0.5, 'propensity': 0"))
                .hasMessageContaining("propensity");
        fails(line(0, 0, "'state': 0, 'action': 1, 'loss': 0.5")).hasMessageContaining("'propensity' must be a number");
        fails(line(0, 0, good + ", 'explored_layer': 3")).hasMessageContaining("'explored_layer'");
    }

    @Test
    void trajectoriesOfOthersAreRefusedAndChangeNothing() {
        AdversarialMdpLearner learner = learner();
        State before = learner.snapshot();
        Trajectory.Step step = new Trajectory.Step(0, 0, .5, .5);
        assertThatThrownBy(() -> learner.endEpisode(new Trajectory(3, List.of(step, step))))
                .hasMessageContaining("trajectory of episode 3 has 2 steps where an episode has 3");
        assertThatThrownBy(() ->
                        learner.endEpisode(new Trajectory(3, List.of(step, step, new Trajectory.Step(0, 2, .5, .5)))))
                .hasMessageContaining("no action 2");
        assertThatThrownBy(() ->
                        learner.endEpisode(new Trajectory(3, List.of(step, new Trajectory.Step(4, 0, .5, .5), step))))
                .hasMessageContaining("layer 1 has no state 4");
        assertThatThrownBy(() -> new Trajectory.Step(0, 0, Double.NaN, 1)).isInstanceOf(InvalidOutcomeException.class);
        assertThat(learner.snapshot()).isEqualTo(before);
        learner.decide(new MdpState(0, 0));
        assertThatThrownBy(() -> learner.endEpisode(new Trajectory(3, List.of(step, step, step))))
                .isInstanceOf(IllegalStateException.class);
        // A policy so sure of one action that the other's probability is 0 in double precision.
        LinearMdp bandit = LinearMdp.bandit(new double[] {1}, new double[] {0});
        AdversarialMdpLearner sure = new AdversarialMdpLearner(
                bandit,
                bandit.model(),
                LinearMdpOptionsBuilder.builder(LinearMdpOptions.magnitudeReduced(bandit, 10, 1))
                        .learningRate(2000)
                        .bonus(LinearMdpOptions.Bonus.NONE)
                        .build(),
                1);
        sure.endEpisode(new Trajectory(0, List.of(new Trajectory.Step(0, 0, 1, .5))));
        assertThatThrownBy(() -> sure.endEpisode(new Trajectory(1, List.of(new Trajectory.Step(0, 0, 1, .5)))))
                .hasMessageContaining("with probability 0");
    }

    @Test
    void theEnvironmentKeepsToItsEpisodes() {
        MdpEnvironment world = world();
        assertThatThrownBy(() -> world.step(0)).hasMessageContaining("reset()");
        assertThat(world.reset()).isEqualTo(new MdpState(0, 0));
        assertThatThrownBy(() -> world.step(2)).hasMessageContaining("no action 2");
        assertThat(world.step(1).loss()).isEqualTo(losses()[0][0][1]);
        assertThat(world.step(1).terminated()).isFalse();
        MdpEnvironment.Step last = world.step(1);
        assertThat(last.terminated()).isTrue();
        assertThat(last.state()).isNull();
        assertThatThrownBy(() -> world.step(0)).hasMessageContaining("reset()");
        assertThat(world.reset()).isEqualTo(new MdpState(0, 0));
        assertThat(world.episode()).isEqualTo(1);
    }
}
