package dev.steelyard.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.steelyard.core.study.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert;
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
        assertThat(kept.isFreed()).isTrue();
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

    @Test
    void whatWasFreedSaysSo() {
        Tensor freed;
        Tensor living = Tensor.of(new float[] {1, 2}, 2);
        try (Scope scope = Scope.open()) {
            freed = Tensor.of(new float[] {1, 2}, 2);
        }
        assertThat(freed.isFreed()).isTrue();
        List<ThrowableAssert.ThrowingCallable> uses = List.of(
                freed::shape,
                freed::item,
                freed::data,
                freed::address,
                freed::toFloats,
                freed::backward,
                freed::grad,
                freed::clearGrad,
                freed::keepForever,
                () -> freed.plus(1),
                () -> freed.addInPlace(1),
                () -> living.plus(freed),
                () -> living.grad(freed),
                () -> living.copyInPlace(freed),
                () -> Functions.concatenate(List.of(living, freed), 0));
        for (ThrowableAssert.ThrowingCallable use : uses) {
            assertThatThrownBy(use).isInstanceOf(IllegalStateException.class).hasMessageContaining("was freed");
        }
        assertThat(freed).hasToString("Tensor(freed)");
        freed.close();
        freed.close();
        living.close();
        assertThatThrownBy(living::count).hasMessageContaining("was freed");
    }

    @Test
    void anExceptionFreesAllScopesOnItsWay() {
        List<Tensor> made = new ArrayList<>();
        Tensor before = Tensor.ones(DType.FLOAT32, 2);
        assertThatThrownBy(() -> {
                    try (Scope outer = Scope.open()) {
                        made.add(Tensor.ones(DType.FLOAT32, 2));
                        try (Scope inner = Scope.open();
                                NoGrad noGrad = NoGrad.open()) {
                            made.add(before.plus(1));
                            made.add(inner.keep(before.plus(2)));
                            before.matmul(Tensor.ones(DType.FLOAT32, 3));
                        }
                    }
                })
                .isInstanceOf(RuntimeException.class);
        assertThat(made).hasSize(3).allMatch(Tensor::isFreed);
        assertThat(before.isFreed()).isFalse();
        // What was recorded for differentiation before is recorded again.
        try (Scope scope = Scope.open()) {
            assertThat(Tensor.ones(DType.FLOAT32, 2).requiresGrad().sum().isDifferentiable())
                    .isTrue();
        }
        before.close();
    }

    @Test
    void aKeptTensorMovesOutScopeByScope() {
        Tensor kept;
        Tensor left;
        try (Scope first = Scope.open()) {
            try (Scope second = Scope.open()) {
                try (Scope third = Scope.open()) {
                    kept = third.keep(Tensor.of(new double[] {7}, 1));
                    left = third.keep(Tensor.of(new double[] {8}, 1));
                }
                second.keep(kept);
                assertThat(left.item()).isEqualTo(8);
            }
            assertThat(left.isFreed()).isTrue();
            assertThat(kept.item()).isEqualTo(7);
        }
        assertThat(kept.isFreed()).isTrue();
    }

    @Test
    void aViewKeepsTheMemoryOfATensorThatIsGone() {
        Tensor view;
        Tensor base;
        try (Scope scope = Scope.open()) {
            base = Tensor.of(new double[] {1, 2, 3, 4}, 4);
            view = scope.keep(base.narrow(0, 1, 2));
            base.addInPlace(1);
        }
        assertThat(base.isFreed()).isTrue();
        // Room that the base has left would be taken by these.
        for (int i = 0; i < 100; i++) {
            Tensor.ones(DType.FLOAT64, 4).close();
        }
        assertThat(view.toDoubles()).containsExactly(3, 4);
        view.close();
    }

    @Test
    void threadsHaveScopesOfTheirOwn() throws InterruptedException {
        AtomicReference<Tensor> elsewhere = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            Tensor here = Tensor.ones(DType.FLOAT32, 2);
            Thread thread = Thread.ofPlatform().name("other").start(() -> {
                elsewhere.set(here.plus(1));
                refused.add(catchThrowable(scope::close));
                refused.add(catchThrowable(() -> scope.keep(here)));
            });
            thread.join();
            assertThat(here.isFreed()).isFalse();
        }
        assertThat(elsewhere.get().toFloats()).containsExactly(2, 2);
        elsewhere.get().close();
        assertThat(refused).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other")
                .hasMessageContaining("on each thread"));
    }

    @Test
    void aClosedScopeKeepsNothingAndClosesOnce() {
        Scope scope = Scope.open();
        scope.close();
        scope.close();
        try (Tensor tensor = Tensor.ones(DType.FLOAT32, 2)) {
            assertThatThrownBy(() -> scope.keep(tensor))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void scopesClosedOutOfOrderFreeTheirOwn() {
        Scope outer = Scope.open();
        Tensor first = Tensor.ones(DType.FLOAT32, 2);
        Scope inner = Scope.open();
        Tensor second = Tensor.ones(DType.FLOAT32, 2);
        outer.close();
        assertThat(first.isFreed()).isTrue();
        assertThat(second.isFreed()).isFalse();
        inner.close();
        assertThat(second.isFreed()).isTrue();
    }
}
