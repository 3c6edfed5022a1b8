package dev.steelyard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void everyValueReturnsBitForBit() {
        double[] odd = {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 3.0, Double.NaN, Double.NEGATIVE_INFINITY};
        State saved = State.of("learner")
                .put("rounds", Long.MAX_VALUE)
                .put("rate", 3.0)
                .put("flag", true)
                .put("text", "a \"quoted\" text")
                .put("odd", odd)
                .put("matrix", new double[][] {{1}, {2, 3}})
                .put("counts", new long[] {1, Long.MIN_VALUE})
                .put("child", State.of("child").put("x", Double.POSITIVE_INFINITY))
                .put("children", List.of(State.of("a"), State.of("b")));

        State read = State.fromJson(saved.toJson()).require("learner");

        assertThat(read).isEqualTo(saved);
        assertThat(read.integer("rounds")).isEqualTo(Long.MAX_VALUE);
        assertThat(read.number("rate")).isEqualTo(3.0);
        assertThat(read.flag("flag")).isTrue();
        assertThat(read.text("text")).isEqualTo("a \"quoted\" text");
        double[] returned = read.doubles("odd", odd.length);
        for (int i = 0; i < odd.length; i++) {
            assertThat(Double.doubleToRawLongBits(returned[i])).isEqualTo(Double.doubleToRawLongBits(odd[i]));
        }
        assertThat(read.matrix("matrix")).isDeepEqualTo(new double[][] {{1}, {2, 3}});
        assertThat(read.integers("counts")).containsExactly(1, Long.MIN_VALUE);
        assertThat(read.state("child").number("x")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read.states("children")).extracting(State::owner).containsExactly("a", "b");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        State saved = State.of("ucb1").put("sums", new double[] {1, 2}).put("rounds", 5_000_000_000L);
        assertThatThrownBy(() -> saved.require("exp3"))
                .hasMessageContaining("ucb1")
                .hasMessageContaining("exp3");
        assertThatThrownBy(() -> saved.doubles("sums", 3)).hasMessageContaining("2 values of 'sums' where 3");
        assertThatThrownBy(() -> saved.number("rate")).hasMessageContaining("lacks 'rate'");
        assertThatThrownBy(() -> saved.text("sums")).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> saved.smallInteger("rounds")).hasMessageContaining("32 bits");
        assertThatThrownBy(() -> State.fromJson("[1]")).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> State.fromJson("{")).hasMessageContaining("no JSON");
    }

    @Test
    void aGeneratorGoesOnWhereItStopped() {
        RestorableRandom random = new RestorableRandom(7);
        random.nextGaussian();
        random.nextInt(10);
        State saved = State.fromJson(random.state().toJson());
        double[] expected = random.doubles(100).toArray();

        assertThat(RestorableRandom.from(saved).doubles(100).toArray()).isEqualTo(expected);
        assertThat(new RestorableRandom(7).nextLong()).isEqualTo(new RestorableRandom(7).nextLong());
        assertThat(new RestorableRandom(7).nextLong()).isNotEqualTo(new RestorableRandom(8).nextLong());
        assertThatThrownBy(() -> RestorableRandom.from(State.of("xoshiro256++").put("bytes", "00")))
                .isInstanceOf(StateException.class);
    }
}
