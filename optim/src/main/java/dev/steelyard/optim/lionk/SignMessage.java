package dev.steelyard.optim.lionk;

import java.util.Arrays;

/**
 * Small whole numbers on the wire of Distributed Lion: a byte that tells the largest magnitude, and then the numbers
 * packed without gaps. Signs without a zero take one bit each; numbers from -n to n take as many bits as
 * {@code 2n + 1} codes need, so that signs with zeros take two.
 */
public final class SignMessage {

    /** The largest magnitude that the first byte can tell, and so the most workers. */
    public static final int LARGEST = 127;

    private final int count;
    private final byte[] bytes;

    private SignMessage(int count, byte[] bytes) {
        this.count = count;
        this.bytes = bytes;
    }

    /**
     * Packs numbers.
     *
     * @param numbers each at most {@link #LARGEST} in size
     */
    public static SignMessage of(int... numbers) {
        int largest = Arrays.stream(numbers).map(Math::abs).max().orElse(0);
        if (largest > LARGEST) {
            throw new IllegalArgumentException(
                    "numbers of a message must be at most " + LARGEST + " in size, one was " + largest);
        }
        boolean signs = largest == 1 && Arrays.stream(numbers).noneMatch(number -> number == 0);
        int kind = signs ? 0 : Math.max(1, largest);
        int bits = bits(kind);
        byte[] bytes = new byte[1 + Math.toIntExact(((long) numbers.length * bits + 7) / 8)];
        bytes[0] = (byte) kind;
        for (int i = 0; i < numbers.length; i++) {
            int code = signs ? (numbers[i] + 1) / 2 : numbers[i] + kind;
            for (int bit = 0; bit < bits; bit++) {
                long place = (long) i * bits + bit;
                bytes[(int) (1 + place / 8)] |= (byte) ((code >> bit & 1) << place % 8);
            }
        }
        return new SignMessage(numbers.length, bytes);
    }

    /** Bits of a number: one for plain signs (kind 0), else enough for -kind to kind. */
    private static int bits(int kind) {
        return kind == 0 ? 1 : Integer.SIZE - Integer.numberOfLeadingZeros(2 * kind);
    }

    /** The numbers. */
    public int[] numbers() {
        int kind = bytes[0];
        int bits = bits(kind);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            int code = 0;
            for (int bit = 0; bit < bits; bit++) {
                long place = (long) i * bits + bit;
                code |= (bytes[(int) (1 + place / 8)] >> place % 8 & 1) << bit;
            }
            numbers[i] = kind == 0 ? 2 * code - 1 : code - kind;
        }
        return numbers;
    }

    /** Bytes on the wire. */
    public int size() {
        return bytes.length;
    }
}
