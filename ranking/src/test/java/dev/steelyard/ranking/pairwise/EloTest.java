package dev.steelyard.ranking.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.SkillModelContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class EloTest extends SkillModelContract {

    @Override
    protected SkillModel create() {
        return new Elo(EloOptions.defaults());
    }

    @Override
    protected SkillModel createOfOtherOptions() {
        return new Elo(EloOptions.of(16));
    }

    @Test
    void aPairExchangesPoints() {
        Elo elo = new Elo(EloOptions.of(32));
        List.of("a", "b", "c").forEach(elo::add);
        elo.record(Ballot.ordered("1", "a", "b"));
        assertThat(elo.score("a")).isEqualTo(1016);
        assertThat(elo.score("b")).isEqualTo(984);
        assertThat(elo.predictWin("a", "b")).isCloseTo(1 / (1 + Math.pow(10, -32 / 400.0)), within(1e-15));
        elo.record(Ballot.ranked("2", List.of("a", "b"), 0, 0));
        assertThat(elo.score("a")).isLessThan(1016);
        elo.record(Ballot.ordered("3", "c", "b", "a"));
        assertThat(elo.score("a") + elo.score("b") + elo.score("c")).isCloseTo(3000, within(1e-9));
        assertThat(elo.rating("a").deviation()).isNaN();
        assertThat(elo.leaderboard().convergence().settledNeighbours()).isNaN();
        assertThatThrownBy(() -> EloOptions.of(0)).hasMessageContaining("k must be finite and above 0");
    }
}
