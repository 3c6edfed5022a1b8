package dev.steelyard.ranking.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.SkillModelContract;
import org.junit.jupiter.api.Test;

class Glicko2Test extends SkillModelContract {

    @Override
    protected SkillModel create() {
        return new Glicko2(Glicko2Options.defaults());
    }

    @Override
    protected SkillModel createOfOtherOptions() {
        return new Glicko2(new Glicko2Options(1500, 350, 0.06, 0.5, 7));
    }

    /** Glickman's own example. */
    @Test
    void theExampleOfItsDescription() {
        Glicko2Rating player = new Glicko2Rating(1500, 200, 0.06);
        Glicko2Rating[] opponents = {
            new Glicko2Rating(1400, 30, 0.06), new Glicko2Rating(1550, 100, 0.06), new Glicko2Rating(1700, 300, 0.06)
        };
        Glicko2Rating after = player.after(opponents, new double[] {1, 0, 0}, 0.5);
        assertThat(after.mean()).isCloseTo(1464.06, within(0.01));
        assertThat(after.deviation()).isCloseTo(151.52, within(0.01));
        assertThat(after.volatility()).isCloseTo(0.05999, within(1e-5));
        Glicko2Rating idle = player.after(new Glicko2Rating[0], new double[0], 0.5);
        assertThat(idle.deviation()).isCloseTo(Math.hypot(200, 0.06 * 173.7178), within(1e-9));
    }

    @Test
    void aPeriodIsRatedAsAWhole() {
        Glicko2 glicko = new Glicko2(new Glicko2Options(1500, 350, 0.06, 0.5, 2));
        glicko.add("a");
        glicko.add("b");
        glicko.record(Ballot.ordered("1", "a", "b"));
        Glicko2Rating provisional = glicko.glicko("a");
        assertThat(provisional.mean()).isCloseTo(1662.3, within(0.1));
        glicko.endPeriod();
        assertThat(glicko.glicko("a")).isEqualTo(provisional);
        glicko.endPeriod();
        assertThat(glicko.rating("a").deviation()).isGreaterThan(provisional.deviation());
        for (int i = 0; i < 1000; i++) {
            glicko.endPeriod();
        }
        assertThat(glicko.rating("a").deviation()).isEqualTo(350);
        assertThatThrownBy(() -> new Glicko2Options(1500, 350, 0, 0.5, 2)).hasMessageContaining("volatility");
    }
}
