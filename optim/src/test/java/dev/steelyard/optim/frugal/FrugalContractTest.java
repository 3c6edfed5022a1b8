package dev.steelyard.optim.frugal;

import dev.steelyard.optim.OptimizerContract;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;

/** Holds FRUGAL to the contract of all optimisers, with a subspace that changes while the contract runs. */
class FrugalContractTest extends OptimizerContract {

    @Override
    protected Optimizer create(Map<String, Tensor> parameters) {
        return new Frugal(
                parameters,
                FrugalOptions.defaults()
                        .withLearningRate(0.01)
                        .withWeightDecay(0)
                        .withSubspace(new Subspace.Entries())
                        .withDensity(0.5)
                        .withUpdateGap(7));
    }
}
