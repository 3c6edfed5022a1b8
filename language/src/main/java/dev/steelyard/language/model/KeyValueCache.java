package dev.steelyard.language.model;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;

/**
 * Keys and values of the positions already computed, for every layer, so that one more token costs one position. It
 * is of one fixed capacity, lives outside all scopes, and is freed by {@link #close()}.
 */
public final class KeyValueCache implements AutoCloseable {

    private final Tensor[] keys;
    private final Tensor[] values;
    private final long batch;
    private final int capacity;
    private int length;

    /**
     * @param type of the model's weights
     * @param batch sequences side by side
     * @param capacity positions that fit
     */
    KeyValueCache(ModelConfig config, DType type, long batch, int capacity) {
        this.batch = batch;
        this.capacity = capacity;
        keys = new Tensor[config.layers()];
        values = new Tensor[config.layers()];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys[layer] = empty(config, type);
            values[layer] = empty(config, type);
        }
    }

    private Tensor empty(ModelConfig config, DType type) {
        return Tensor.zeros(type, batch, config.keyValueHeads(), capacity, config.headDimension())
                .keepForever();
    }

    /** Positions held. */
    public int length() {
        return length;
    }

    /** Positions that fit. */
    public int capacity() {
        return capacity;
    }

    void requireRoom(long sequences, long more) {
        if (sequences != batch) {
            throw new IllegalArgumentException(
                    "the cache was made for " + batch + " sequences, got " + sequences + ": make one of that size");
        }
        if (length + more > capacity) {
            throw new IllegalArgumentException("the cache of capacity " + capacity + " holds " + length
                    + " positions and has no room for " + more + " more: make a larger one");
        }
    }

    /** Writes this call's keys behind those held, and gives all of them; {@code advance} comes after all layers. */
    Tensor keys(int layer, Tensor added) {
        return append(keys[layer], added);
    }

    Tensor values(int layer, Tensor added) {
        return append(values[layer], added);
    }

    private Tensor append(Tensor all, Tensor added) {
        all.narrow(2, length, added.size(2)).copyInPlace(added);
        return all.narrow(2, 0, length + added.size(2));
    }

    void advance(long positions) {
        length += Math.toIntExact(positions);
    }

    @Override
    public void close() {
        for (int layer = 0; layer < keys.length; layer++) {
            keys[layer].close();
            values[layer].close();
        }
    }
}
