package dev.steelyard.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.adamp.SgdP;
import dev.steelyard.optim.adamp.SgdPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.optim.lionk.LionK;
import dev.steelyard.optim.lionk.LionKOptions;
import dev.steelyard.optim.lionk.TopK;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups of parameters: which belong together, and which come in later. */
class GroupsTest {

    private static final AdamWOptions OPTIONS = new AdamWOptions(0.1, 0.9, 0.999, 1e-8, 0);

    private static Tensor ones(long... shape) {
        return Tensor.ones(DType.FLOAT64, shape);
    }

    private static void step(GroupedOptimizer<?> optimizer, Tensor... parameters) {
        for (Tensor parameter : parameters) {
            parameter.grad(parameter.detach().copy());
        }
        optimizer.step();
        optimizer.zeroGrad();
    }

    @Test
    void tiedWeightsInTwoGroupsAreRefusedAndTensorsWithoutElementsAreNot() {
        try (Scope scope = Scope.open()) {
            Tensor embedding = ones(4, 2);
            ParameterGroup<AdamWOptions> first = new ParameterGroup<>("body", Map.of("embedding", embedding), OPTIONS);
            ParameterGroup<AdamWOptions> head = new ParameterGroup<>("head", Map.of("head", embedding), OPTIONS);
            assertThatThrownBy(() -> new AdamW(List.of(first, head)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'embedding' of group 'body'", "'head' of group 'head'", "tied");
            new AdamW(Map.of("a", ones(0, 2), "b", ones(0, 2)), OPTIONS).close();
        }
    }

    @Test
    void aGroupThatComesLaterBeginsWithoutStateAndFollowsTheSchedule() {
        try (Scope scope = Scope.open()) {
            Tensor old = ones(2);
            Tensor late = ones(3);
            Tensor alone = ones(3);
            try (AdamW adamW = new AdamW(Map.of("old", old), OPTIONS);
                    AdamW fresh = new AdamW(Map.of("late", alone), OPTIONS)) {
                adamW.learningRateFactor(0.5);
                fresh.learningRateFactor(0.5);
                step(adamW, old);
                step(adamW, old);
                adamW.addGroup(new ParameterGroup<>("more", Map.of("late", late), OPTIONS));
                step(adamW, old, late);
                step(fresh, alone);
                assertThat(late.toDoubles()).isEqualTo(alone.toDoubles());
                assertThat(adamW.stateBytes()).isEqualTo(2 * 5 * Double.BYTES);
                assertThatThrownBy(() -> adamW.addGroup(new ParameterGroup<>("more", Map.of("late", ones(1)), OPTIONS)))
                        .hasMessageContaining("'late'");
                assertThatThrownBy(() -> adamW.addGroup(new ParameterGroup<>("more", Map.of("again", old), OPTIONS)))
                        .hasMessageContaining("one tensor");
                assertThat(adamW.state().tensors()).hasSize(4);
            }
        }
    }

    @Test
    void aGroupWhoseOptionsDoNotFitIsRefusedAndNothingHasChanged() {
        try (Scope scope = Scope.open()) {
            Tensor w = ones(2, 2);
            FrugalOptions blocks = FrugalOptions.defaults().withDensity(0.5);
            try (Frugal frugal = new Frugal(Map.of("w", w), blocks);
                    LionK lion = LionK.of(Map.of("w", w), LionKOptions.lion(0.1, 1))) {
                assertThatThrownBy(() -> frugal.addGroup(
                                new ParameterGroup<>("more", Map.of("v", ones(2, 2)), blocks.withUpdateGap(3))))
                        .hasMessageContaining("take turns together");
                assertThatThrownBy(() -> frugal.addGroup(new ParameterGroup<>(
                                "more", Map.of("v", ones(2)), blocks.withSubspace(new Subspace.Columns()))))
                        .hasMessageContaining("no matrix");
                lion.learningRateFactor(2);
                assertThatThrownBy(() -> lion.addGroup(
                                new ParameterGroup<>("more", Map.of("v", ones(2)), LionKOptions.lion(0.1, 6))))
                        .hasMessageContaining("below 1");
                assertThatThrownBy(() -> lion.addGroup(new ParameterGroup<>(
                                "more", Map.of("v", ones(2)), LionKOptions.of(new TopK(3), 0.1, 0))))
                        .hasMessageContainingAll("'v'", "'more'");
                step(frugal, w);
                step(lion, w);
                assertThat(lion.state().tensors()).containsOnlyKeys("w/momentum");
                frugal.addGroup(new ParameterGroup<>("more", Map.of("v", ones(2, 2)), blocks));
            }
        }
    }

    @Test
    void statesThatLackAPartOrTellOfAnUnknownViewAreRefused() {
        try (Scope scope = Scope.open()) {
            Tensor w = ones(2, 2);
            try (AdamP adamP = new AdamP(Map.of("w", w), AdamPOptions.defaults());
                    SgdP sgdP = new SgdP(Map.of("w", w), SgdPOptions.of(0.1).withMomentum(0.9));
                    LionK lion = LionK.of(Map.of("w", w), LionKOptions.lion(0.1, 0))) {
                step(adamP, w);
                step(sgdP, w);
                step(lion, w);
                refuses(adamP, without(adamP.state(), "w/moment2"), "moment2");
                refuses(adamP, with(adamP.state(), "w/view", "3"), "view");
                refuses(adamP, with(adamP.state(), "w/other", "3"), "other");
                refuses(sgdP, without(sgdP.state(), "w/momentum"), "momentum");
                refuses(sgdP, with(sgdP.state(), "step", "many"), "'many'");
                refuses(lion, with(lion.state(), "w/step", "1"), "step");
            }
        }
    }

    private static void refuses(GroupedOptimizer<?> optimizer, StateDict state, String named) {
        Map<String, String> before = optimizer.state().values();
        assertThatThrownBy(() -> optimizer.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(optimizer.state().values()).isEqualTo(before);
    }

    private static StateDict without(StateDict state, String tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.remove(tensor);
        return new StateDict(tensors, state.values());
    }

    private static StateDict with(StateDict state, String name, String value) {
        Map<String, String> values = new LinkedHashMap<>(state.values());
        values.put(name, value);
        return new StateDict(state.tensors(), values);
    }
}
