package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributedLionTest {

    private static final LionKOptions LION = LionKOptions.lion(0.1, 0.5);

    private static Tensor vector(double... values) {
        return Tensor.of(values, values.length);
    }

    private static DistributedLion lion(Tensor x, int workers, SignVote vote) {
        return new DistributedLion(Map.of("x", x), LION, workers, vote);
    }

    private static List<Map<String, Tensor>> gradients(Tensor... ofWorkers) {
        return java.util.Arrays.stream(ofWorkers).map(g -> Map.of("x", g)).toList();
    }

    @ParameterizedTest
    @EnumSource(SignVote.class)
    void oneWorkerIsLion(SignVote vote) {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor expected = x.copy();
            try (DistributedLion distributed = lion(x, 1, vote);
                    LionK lion = LionK.of(Map.of("x", expected), LION)) {
                for (int step = 0; step < 20; step++) {
                    Tensor gradient = ConvexFunctionTest.random(step).times(step == 3 ? 0 : 1);
                    distributed.round(gradients(gradient), 1);
                    expected.grad(gradient);
                    lion.step();
                }
                assertThat(distributed.momentum(0, "x").toDoubles())
                        .isEqualTo(lion.momentum("x").toDoubles());
            }
            assertThat(x.toDoubles()).isEqualTo(expected.toDoubles());
        }
    }

    @ParameterizedTest
    @EnumSource(SignVote.class)
    void workersThatSeeTheSameMoveAsOne(SignVote vote) {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor expected = x.copy();
            try (DistributedLion many = lion(x, 4, vote);
                    DistributedLion one = lion(expected, 1, vote)) {
                for (int step = 0; step < 5; step++) {
                    Tensor gradient = ConvexFunctionTest.random(step);
                    many.round(Collections.nCopies(4, Map.of("x", gradient)), 1);
                    one.round(gradients(gradient), 1);
                }
            }
            assertThat(x.toDoubles()).isEqualTo(expected.toDoubles());
        }
    }

    @Test
    void theMajorityMovesAndATieRests() {
        try (Scope scope = Scope.open()) {
            Tensor x = vector(0, 0, 0);
            try (DistributedLion lion = lion(x, 2, SignVote.MAJORITY)) {
                lion.round(gradients(vector(1, 1, 1), vector(-3, 2, 0)), 1);
            }
            assertThat(x.toDoubles()).containsExactly(new double[] {0, -0.1, -0.1}, within(1e-15));
            Tensor y = vector(0, 0, 0);
            try (DistributedLion lion = lion(y, 3, SignVote.MAJORITY)) {
                lion.round(gradients(vector(9, 1, 1), vector(-1, 2, 0), vector(-1, -1, -1)), 1);
            }
            // Two small votes beat a large one; 1 and -1 and no vote are a tie.
            assertThat(y.toDoubles()).containsExactly(new double[] {0.1, -0.1, 0}, within(1e-15));
        }
    }

    @Test
    void theMeanMovesByItsShare() {
        try (Scope scope = Scope.open()) {
            Tensor x = vector(1, 1, 1);
            try (DistributedLion lion = lion(x, 4, SignVote.MEAN)) {
                lion.round(gradients(vector(1, 1, 1), vector(1, 1, -1), vector(1, 0, 1), vector(1, -1, -1)), 1);
            }
            // 1 - eps (mean of signs + lambda)
            assertThat(x.toDoubles())
                    .containsExactly(new double[] {1 - 0.1 * 1.5, 1 - 0.1 * 0.75, 1 - 0.1 * 0.5}, within(1e-15));
        }
    }

    @Test
    void theOrderOfWorkersDoesNotMatterAndAnOddNumberNeverRests() {
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor y = x.copy();
            Tensor[] g = {ConvexFunctionTest.random(5), ConvexFunctionTest.random(6), ConvexFunctionTest.random(7)};
            double[] before = x.toDoubles();
            try (DistributedLion one = lion(x, 3, SignVote.MAJORITY);
                    DistributedLion other = lion(y, 3, SignVote.MAJORITY)) {
                one.round(gradients(g[0], g[1], g[2]), 1);
                other.round(gradients(g[2], g[0], g[1]), 1);
            }
            assertThat(x.toDoubles()).isEqualTo(y.toDoubles());
            for (int i = 0; i < before.length; i++) {
                assertThat(Math.abs(x.toDoubles()[i] - 0.95 * before[i])).isCloseTo(0.1, within(1e-14));
            }
        }
    }

    @Test
    void messagesAreCountedInBytes() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.zeros(DType.FLOAT64, 1000);
            Tensor up = Tensor.ones(DType.FLOAT64, 1000);
            Tensor down = up.times(-1);
            try (DistributedLion majority = lion(x, 3, SignVote.MAJORITY)) {
                // One bit an element and a byte that says so, in both directions.
                assertThat(majority.round(gradients(up, up, down), 1))
                        .isEqualTo(new DistributedLion.Traffic(3 * 126, 3 * 126));
            }
            try (DistributedLion majority = lion(x, 2, SignVote.MAJORITY)) {
                // All votes tie: two bits back.
                assertThat(majority.round(gradients(up, down), 1))
                        .isEqualTo(new DistributedLion.Traffic(2 * 126, 2 * 251));
            }
            try (DistributedLion mean = lion(x, 3, SignVote.MEAN)) {
                // Sums from -3 to 3 need 3 bits.
                assertThat(mean.round(gradients(up, up, up), 1))
                        .isEqualTo(new DistributedLion.Traffic(3 * 126, 3 * 376));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 127})
    void messagesComeBackAsTheyWere(int largest) {
        Random random = new Random(largest);
        int[] numbers = IntStream.range(0, 1001)
                .map(i -> random.nextInt(-largest, largest + 1))
                .toArray();
        assertThat(SignMessage.of(numbers).numbers()).isEqualTo(numbers);
        int[] signs =
                IntStream.range(0, 1001).map(i -> random.nextBoolean() ? 1 : -1).toArray();
        assertThat(SignMessage.of(signs).numbers()).isEqualTo(signs);
        assertThat(SignMessage.of(signs).size()).isEqualTo(1 + 126);
        assertThat(SignMessage.of().numbers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SignVote.class)
    void aRestartChangesNoBit(SignVote vote) {
        LionKOptions halved = LION.momentumIn(DType.BFLOAT16);
        try (Scope scope = Scope.open()) {
            Tensor x = ConvexFunctionTest.random(1);
            Tensor resumed = x.copy();
            try (DistributedLion whole = new DistributedLion(Map.of("layer/x", x), halved, 3, vote);
                    DistributedLion begun = new DistributedLion(Map.of("layer/x", resumed), halved, 3, vote);
                    DistributedLion rest = new DistributedLion(Map.of("layer/x", resumed), halved, 3, vote)) {
                for (int step = 0; step < 6; step++) {
                    whole.round(votes(step), 1);
                }
                for (int step = 0; step < 3; step++) {
                    begun.round(votes(step), 1);
                }
                rest.load(begun.state());
                assertThat(rest.rounds()).isEqualTo(3);
                for (int step = 3; step < 6; step++) {
                    rest.round(votes(step), 1);
                }
                assertThat(resumed.toDoubles()).isEqualTo(x.toDoubles());
                assertThat(rest.stateBytes()).isEqualTo(3 * 12 * 2);
            }
        }
    }

    private static List<Map<String, Tensor>> votes(int step) {
        return IntStream.range(0, 3)
                .mapToObj(worker -> Map.of("layer/x", ConvexFunctionTest.random(10L * step + worker)))
                .toList();
    }

    @Test
    void aStateThatDoesNotFitIsRefused() {
        try (Scope scope = Scope.open()) {
            Tensor x = vector(1, 2);
            Tensor longer = vector(1, 2, 3);
            try (DistributedLion two = lion(x, 2, SignVote.MEAN);
                    DistributedLion three = lion(x, 3, SignVote.MEAN);
                    DistributedLion wide = lion(longer, 2, SignVote.MEAN);
                    DistributedLion halved =
                            new DistributedLion(Map.of("x", x), LION.momentumIn(DType.BFLOAT16), 2, SignVote.MEAN)) {
                assertThatThrownBy(() -> two.load(three.state())).hasMessageContaining("of 3 workers, there are 2");
                assertThatThrownBy(() -> two.load(wide.state())).hasMessageContainingAll("'0/x'", "[3]", "[2]");
                assertThatThrownBy(() -> two.load(halved.state())).hasMessageContainingAll("'0/x'", "FLOAT64");
                for (double factor : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
                    assertThatThrownBy(() -> two.round(gradients(x, x), factor))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("learningRateFactor");
                }
                assertThatThrownBy(() -> two.round(gradients(x, x.to(DType.FLOAT32)), 1))
                        .hasMessageContainingAll("worker 1", "FLOAT32");
                assertThat(two.rounds()).isZero();
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByNameAndNothingMoves() {
        try (Scope scope = Scope.open()) {
            Tensor x = vector(1, 2);
            assertThatThrownBy(() -> lion(x, 0, SignVote.MEAN))
                    .hasMessageContaining("workers must be between 1 and 127");
            assertThatThrownBy(() ->
                            new DistributedLion(Map.of("x", x), LionKOptions.of(new L2(), 0.1, 0), 1, SignVote.MEAN))
                    .hasMessageContaining("must be L1");
            assertThatThrownBy(() -> SignMessage.of(128)).hasMessageContaining("128");
            try (DistributedLion lion = lion(x, 2, SignVote.MAJORITY)) {
                assertThatThrownBy(() -> lion.round(gradients(x), 1)).hasMessageContaining("2 workers");
                assertThatThrownBy(() -> lion.round(gradients(vector(1, 1), vector(1)), 1))
                        .hasMessageContaining("worker 1")
                        .hasMessageContaining("'x'");
                assertThatThrownBy(() -> lion.round(gradients(vector(1, 1), vector(1, Double.NaN)), 1))
                        .isInstanceOf(NonFiniteGradientException.class)
                        .hasMessageContaining("worker '1'");
                assertThatThrownBy(() -> lion.round(gradients(x, x), 100)).hasMessageContaining("below 1");
                assertThat(lion.momentum(0, "x").toDoubles()).containsExactly(0, 0);
            }
            assertThat(x.toDoubles()).containsExactly(1, 2);
        }
    }
}
