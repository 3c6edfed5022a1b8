package dev.steelyard.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;

    @Test
    void twoThousandStepsLeaveResidentMemoryFlat() throws IOException {
        Assumptions.assumeTrue(Files.exists(STATUS), "resident memory is read from " + STATUS);
        RandomGenerator random = Seeds.root(1).generator("data");
        Tensor x = Functions.normal(random, 0, 1, 64, 128);
        Tensor weight = Functions.normal(random, 0, 0.1, 512, 128).requiresGrad();
        Tensor labels = Tensor.zeros(DType.INT64, 64);
        train(x, weight, labels, 300);
        long before = residentBytes();
        train(x, weight, labels, 2000);
        long grown = residentBytes() - before;
        // One step makes about 1 MB of tensors: a leak of one step in a hundred would show as 20 MB.
        assertThat(grown).isLessThan(16L << 20);
    }

    private static void train(Tensor x, Tensor weight, Tensor labels, int steps) {
        for (int step = 0; step < steps; step++) {
            try (Scope scope = Scope.open()) {
                Tensor loss = Functions.crossEntropy(Functions.relu(Functions.linear(x, weight)), labels);
                loss.backward();
                try (NoGrad noGrad = NoGrad.open()) {
                    weight.addInPlace(weight.grad(), -0.01);
                }
                weight.clearGrad();
            }
        }
    }

    private static long residentBytes() throws IOException {
        return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * PAGE;
    }

    @Test
    void aKeptTensorOutlivesItsScope() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                kept = inner.keep(Tensor.of(new float[] {1, 2}, 2).plus(1));
            }
            assertThat(kept.toFloats()).containsExactly(2, 3);
            outer.keep(kept);
        }
        assertThat(kept.toFloats()).containsExactly(2, 3);
        kept.close();
    }

    @Test
    void aTensorKeptForeverOutlivesAllScopes() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            try (Scope inner = Scope.open()) {
                kept = Tensor.of(new float[] {1, 2}, 2).plus(1).keepForever();
            }
            assertThat(kept.toFloats()).containsExactly(2, 3);
        }
        assertThat(kept.toFloats()).containsExactly(2, 3);
        kept.close();
        assertThat(kept.pointer.isNull()).isTrue();
    }

    @Test
    void gradientsAreGatheredAndForgotten() {
        try (Scope scope = Scope.open()) {
            Tensor w = Tensor.of(new double[] {3, 4}, 2).requiresGrad();
            assertThat(w.grad()).isNull();
            w.square().sum().backward();
            assertThat(w.grad().toDoubles()).containsExactly(6, 8);
            w.square().sum().backward();
            assertThat(w.grad().toDoubles()).containsExactly(12, 16);
            w.clearGrad();
            assertThat(w.grad()).isNull();
        }
    }
}
