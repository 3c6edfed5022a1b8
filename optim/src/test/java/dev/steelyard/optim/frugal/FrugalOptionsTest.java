package dev.steelyard.optim.frugal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrugalOptionsTest {

    /** By hand: rank 8 on one of two matrices: 8 (64 + 32) / (64 x 32 + 16 x 16) = 768 / 2304 = 1/3. */
    @Test
    void densityOfARankCountsTheAdaptersEntries() {
        try (Scope scope = Scope.open()) {
            Tensor large = Tensor.zeros(DType.FLOAT32, 64, 32);
            Tensor small = Tensor.zeros(DType.FLOAT32, 16, 16);
            assertThat(FrugalOptions.densityOfRank(8, List.of(large), List.of(large, small)))
                    .isCloseTo(1.0 / 3, within(1e-15));
            assertThat(FrugalOptions.densityOfRank(0, List.of(large), List.of(large)))
                    .isZero();
            assertThat(FrugalOptions.densityOfRank(64, List.of(large), List.of(large)))
                    .isEqualTo(1);
            assertThatThrownBy(() -> FrugalOptions.densityOfRank(-1, List.of(large), List.of(large)))
                    .hasMessageContaining("rank");
            assertThatThrownBy(() -> FrugalOptions.densityOfRank(8, List.of(large), List.of()))
                    .hasMessageContaining("projectable");
        }
    }
}
