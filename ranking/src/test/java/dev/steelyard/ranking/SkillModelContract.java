package dev.steelyard.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every skill model must do. */
public abstract class SkillModelContract {

    private static final List<String> ITEMS = List.of("opus", "sonata", "etude", "fugue", "waltz", "rondo");

    /** A new model without items. */
    protected abstract SkillModel create();

    /** A new model whose options are others. */
    protected abstract SkillModel createOfOtherOptions();

    private SkillModel withItems() {
        SkillModel model = create();
        ITEMS.forEach(model::add);
        return model;
    }

    /** Ballots of two to five items, mostly in the order of {@link #ITEMS}, some with ties. */
    private static List<Ballot> ballots(int count, long seed) {
        Random random = new Random(seed);
        List<Ballot> ballots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<String> items = new ArrayList<>(ITEMS);
            Collections.shuffle(items, random);
            items = items.subList(0, 2 + random.nextInt(4));
            int[] ranks = new int[items.size()];
            for (int k = 0; k < ranks.length; k++) {
                ranks[k] = (int) Math.round(Math.max(0, ITEMS.indexOf(items.get(k)) + random.nextGaussian()));
            }
            ballots.add(Ballot.ranked("m" + i, items, ranks));
        }
        return ballots;
    }

    @Test
    void theOrderOfTheVotersIsFound() {
        SkillModel model = withItems();
        model.replay(ballots(600, 1));
        assertThat(model.leaderboard().entries().stream()
                        .map(Leaderboard.Entry::item)
                        .toList())
                .isEqualTo(ITEMS);
        assertThat(model.leaderboard().entries().getFirst().rank()).isEqualTo(1);
        assertThat(model.leaderboard().rank("rondo")).isEqualTo(6);
        assertThat(model.predictWin("opus", "rondo")).isGreaterThan(0.8).isLessThanOrEqualTo(1);
        assertThat(model.predictWin("opus", "rondo") + model.predictWin("rondo", "opus"))
                .isCloseTo(1, within(1e-9));
        assertThat(model.ballots()).isEqualTo(600);
    }

    @Test
    void aRestoredModelGoesOnBitByBit() {
        SkillModel original = withItems();
        original.replay(ballots(40, 2));
        original.retire("waltz");
        String saved = original.snapshot().toJson();
        SkillModel restored = create();
        restored.restore(State.fromJson(saved));
        assertThat(restored.snapshot().toJson()).isEqualTo(saved);
        for (SkillModel model : List.of(original, restored)) {
            model.add("polka");
            model.record(Ballot.ranked("next", List.of("polka", "opus", "rondo"), 0, 1, 1));
            model.record(Ballot.ordered("after", "etude", "polka"));
        }
        assertThat(restored.leaderboard()).isEqualTo(original.leaderboard());
        assertThat(restored.snapshot().toJson()).isEqualTo(original.snapshot().toJson());
        assertThat(restored.rating("waltz")).isEqualTo(original.rating("waltz"));
    }

    @Test
    void aBallotTakenBackIsAReplayWithoutIt() {
        List<Ballot> all = ballots(30, 3);
        SkillModel model = withItems();
        model.replay(all.subList(0, 10));
        State before = model.snapshot();
        model.replay(all.subList(10, 30));
        model.restore(before);
        model.replay(all.subList(11, 30));
        SkillModel without = withItems();
        without.replay(all.subList(0, 10));
        without.replay(all.subList(11, 30));
        assertThat(model.snapshot().toJson()).isEqualTo(without.snapshot().toJson());
    }

    @Test
    void aBadBallotChangesNothing() {
        SkillModel model = withItems();
        model.replay(ballots(20, 4));
        model.retire("fugue");
        String before = model.snapshot().toJson();
        assertThatThrownBy(() -> model.record(Ballot.ordered("m-1", "opus", "sonata", "opus")))
                .isInstanceOf(InvalidBallotException.class)
                .hasMessageContaining("match 'm-1'")
                .hasMessageContaining("'opus' twice");
        assertThatThrownBy(() -> model.record(Ballot.ordered("m-2", "opus", "nobody")))
                .isInstanceOf(InvalidBallotException.class)
                .hasMessageContaining("match 'm-2'")
                .hasMessageContaining("'nobody'");
        assertThatThrownBy(() -> model.record(Ballot.ordered("m-3", "opus", "fugue")))
                .isInstanceOf(InvalidBallotException.class)
                .hasMessageContaining("'fugue' is retired");
        assertThatThrownBy(() -> model.record(Ballot.ordered("m-4", "opus"))).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> model.record(Ballot.ranked("m-5", List.of("opus", "etude"), 0)))
                .hasMessageContaining("1 ranks for 2 items");
        assertThatThrownBy(() -> model.record(Ballot.ranked("m-6", List.of("opus", "etude"), 0, -1)))
                .hasMessageContaining("rank of 'etude' is -1");
        assertThatThrownBy(() -> model.add("opus")).hasMessageContaining("'opus' already");
        assertThatThrownBy(() -> model.add(" ")).hasMessageContaining("blank");
        assertThatThrownBy(() -> model.retire("fugue")).hasMessageContaining("retired already");
        assertThatThrownBy(() -> model.retire("nobody")).isInstanceOf(UnknownItemException.class);
        assertThatThrownBy(() -> model.rating("nobody")).isInstanceOf(UnknownItemException.class);
        assertThatThrownBy(() -> model.predictWin("opus", "nobody")).isInstanceOf(UnknownItemException.class);
        assertThat(model.snapshot().toJson()).isEqualTo(before);
    }

    @Test
    void aRetiredItemLeavesTheBoardAndTheOthersStay() {
        SkillModel model = withItems();
        model.replay(ballots(20, 5));
        Rating opus = model.rating("opus");
        Rating fugue = model.rating("fugue");
        model.retire("fugue");
        assertThat(model.items()).hasSize(5).doesNotContain("fugue");
        assertThat(model.knows("fugue")).isTrue();
        assertThat(model.leaderboard().entries()).hasSize(5);
        assertThatThrownBy(() -> model.leaderboard().rank("fugue")).isInstanceOf(UnknownItemException.class);
        assertThat(model.rating("opus")).isEqualTo(opus);
        assertThat(model.rating("fugue")).isEqualTo(fugue);
    }

    @Test
    void anothersSnapshotIsRefused() {
        SkillModel model = withItems();
        model.replay(ballots(10, 6));
        String before = model.snapshot().toJson();
        SkillModel other = createOfOtherOptions();
        ITEMS.forEach(other::add);
        assertThatThrownBy(() -> model.restore(other.snapshot())).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> model.restore(State.of("nobody"))).isInstanceOf(StateException.class);
        State damaged = State.fromJson(before.replaceFirst("\"ballots\":10", "\"ballots\":true"));
        assertThatThrownBy(() -> model.restore(damaged)).isInstanceOf(StateException.class);
        assertThat(model.snapshot().toJson()).isEqualTo(before);
    }
}
