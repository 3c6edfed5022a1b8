package dev.steelyard.language.pretrain;

import dev.steelyard.language.model.TrainableModel;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Momentum by tensor operations: enough state to show that a resumed run has it back. */
class Momentum implements Optimizer {
    private final Map<String, Tensor> parameters;
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private double factor = 1;
    private int steps;
    private final int poisonedStep;

    Momentum(TrainableModel model, int poisonedStep) {
        this.parameters = model.parameters();
        this.poisonedStep = poisonedStep;
        parameters.forEach(
                (name, tensor) -> buffers.put(name, tensor.detach().times(0).keepForever()));
    }

    @Override
    public void step() {
        steps++;
        try (NoGrad noGrad = NoGrad.open()) {
            parameters.forEach((name, tensor) -> {
                buffers.get(name).timesInPlace(0.9).addInPlace(tensor.grad());
                tensor.addInPlace(buffers.get(name), -0.05 * factor);
                if (steps == poisonedStep) {
                    tensor.fillInPlace(Double.NaN);
                }
            });
        }
    }

    @Override
    public void zeroGrad() {
        parameters.values().forEach(Tensor::clearGrad);
    }

    @Override
    public void learningRateFactor(double newFactor) {
        factor = newFactor;
    }

    @Override
    public long stateBytes() {
        return 0;
    }

    @Override
    public StateDict state() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        buffers.forEach((name, buffer) -> copies.put(name, buffer.copy()));
        return new StateDict(copies, Map.of("steps", Integer.toString(steps)));
    }

    @Override
    public void load(StateDict state) {
        steps = (int) state.count("steps");
        buffers.forEach((name, buffer) -> buffer.copyInPlace(state.tensor(name, buffer.shape())));
    }

    @Override
    public void close() {}
}
