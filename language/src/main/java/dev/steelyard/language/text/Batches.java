package dev.steelyard.language.text;

import dev.steelyard.core.study.Seeds;
import java.util.random.RandomGenerator;

/**
 * Deals the blocks of a stream without end, in a new order each epoch. The order depends on the seed and the epoch
 * alone, so that a position is one number and going back to it is exact. A batch may reach over the end of an epoch.
 */
public final class Batches {

    private final PackedTokens tokens;
    private final int batch;
    private final int length;
    private final Seeds seeds;
    private final int[] order;
    private long orderEpoch = -1;
    private long position;

    /**
     * Starts at position 0.
     *
     * @param batch rows of a batch, at least 1
     * @param length tokens of a row, at least 1
     * @throws TextDataException if the stream does not fill one block
     */
    public Batches(PackedTokens tokens, int batch, int length, long seed) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, was " + batch);
        }
        this.tokens = tokens;
        this.batch = batch;
        this.length = length;
        this.seeds = Seeds.root(seed).child("batches");
        this.order = new int[tokens.blocks(length)];
    }

    /** Batches dealt so far. */
    public long position() {
        return position;
    }

    /** Goes to a position, so that {@link #next()} deals the batch of that number. */
    public void position(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position must be at least 0, was " + position);
        }
        this.position = position;
    }

    /** Blocks in an epoch. */
    public int blocks() {
        return order.length;
    }

    /** The next batch; its tensors belong to the scope that is open. */
    public PackedTokens.Batch next() {
        int[] rows = new int[batch];
        for (int row = 0; row < batch; row++) {
            long dealt = Math.addExact(Math.multiplyExact(position, batch), row);
            shuffle(dealt / order.length);
            rows[row] = order[(int) (dealt % order.length)];
        }
        return tokens.batch(position++, rows, length);
    }

    private void shuffle(long epoch) {
        if (epoch == orderEpoch) {
            return;
        }
        RandomGenerator random = seeds.generator("epoch", epoch);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        orderEpoch = epoch;
    }
}
