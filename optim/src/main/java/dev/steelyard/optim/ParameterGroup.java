package dev.steelyard.optim;

import dev.steelyard.torch.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Parameters that share their options.
 *
 * @param name what the group is called in messages
 * @param parameters tensors by name, in the model's order
 * @param options learning rate, decay and so on
 * @param <O> the optimiser's options
 */
public record ParameterGroup<O>(String name, Map<String, Tensor> parameters, O options) {

    public ParameterGroup {
        Objects.requireNonNull(options, "options");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        parameters.forEach((parameter, tensor) -> {
            if (!tensor.dtype().isFloating()) {
                throw new IllegalArgumentException("parameter '" + parameter + "' of group '" + name + "' is of type "
                        + tensor.dtype() + "; only floating types can be optimised");
            }
        });
    }
}
