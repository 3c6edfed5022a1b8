package dev.steelyard.online.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumTreeTest {

    /** Against the running sum, for sizes around powers of two and with weights of 0 among them. */
    @Test
    void findsWhatTheRunningSumFinds() {
        SplittableRandom random = new SplittableRandom(1);
        for (int size : new int[] {1, 2, 3, 7, 8, 9, 100}) {
            SumTree tree = new SumTree(size);
            double[] weights = new double[size];
            for (int change = 0; change < 300; change++) {
                int index = random.nextInt(size);
                weights[index] = change < size || random.nextInt(4) > 0 ? random.nextDouble() + 1e-3 : 0;
                tree.set(index, weights[index]);
                double sum = 0;
                for (double weight : weights) {
                    sum += weight;
                }
                assertThat(tree.sum()).isCloseTo(sum, within(1e-12));
                if (sum == 0) {
                    continue;
                }
                double each = change % 2 == 0 ? 0 : 0.1 / size;
                double scale = (1 - each * size) / tree.sum();
                double target = random.nextDouble();
                double cumulative = 0;
                int expected = 0;
                while (expected < size - 1) {
                    cumulative += scale * weights[expected] + each;
                    if (target < cumulative) {
                        break;
                    }
                    expected++;
                }
                assertThat(tree.find(target, scale, each))
                        .as("size %d, change %d", size, change)
                        .isEqualTo(expected);
                int last = tree.find(1, scale, each);
                assertThat(scale * weights[last] + each)
                        .as("never one of no share")
                        .isPositive();
            }
        }
    }

    @Test
    void equalWeightsHaveEqualSumsWhateverWasBefore() {
        SplittableRandom random = new SplittableRandom(2);
        SumTree used = new SumTree(37);
        for (int change = 0; change < 1000; change++) {
            used.set(random.nextInt(37), 1e9 * random.nextDouble());
        }
        SumTree fresh = new SumTree(37);
        for (int index = 0; index < 37; index++) {
            fresh.set(index, used.get(index));
        }
        assertThat(fresh.sum()).isEqualTo(used.sum());
    }
}
