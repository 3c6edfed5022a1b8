package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Seeds;
import java.util.random.RandomGenerator;

/**
 * An artificial language whose text is easy to make and not easy to learn: 200 words of uniform letters, used by
 * Zipf's law, each followed mostly by one of five preferred successors. Tokens are characters, 0 the space.
 *
 * @param words letters of each word, 1 to 20
 * @param successors preferred next words of each word
 */
record CharacterLanguage(int[][] words, int[][] successors) {

    /** Letters and the space. */
    static final int TOKENS = 21;

    private static final int WORDS = 200;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 7;
    private static final int PREFERRED = 5;
    private static final double PREFERENCE = 0.8;

    static CharacterLanguage draw(Seeds seeds) {
        RandomGenerator random = seeds.generator("words");
        int[][] words = new int[WORDS][];
        int[][] successors = new int[WORDS][PREFERRED];
        for (int w = 0; w < WORDS; w++) {
            words[w] = new int[random.nextInt(SHORTEST, LONGEST + 1)];
            for (int i = 0; i < words[w].length; i++) {
                words[w][i] = random.nextInt(1, TOKENS);
            }
        }
        for (int w = 0; w < WORDS; w++) {
            boolean[] taken = new boolean[WORDS];
            for (int i = 0; i < PREFERRED; i++) {
                int next = zipf(random);
                while (taken[next]) {
                    next = zipf(random);
                }
                taken[next] = true;
                successors[w][i] = next;
            }
        }
        return new CharacterLanguage(words, successors);
    }

    /** Draws a word with weight 1/rank. */
    private static int zipf(RandomGenerator random) {
        double draw = random.nextDouble() * HARMONIC;
        int word = 0;
        while (word < WORDS - 1 && (draw -= 1.0 / (word + 1)) > 0) {
            word++;
        }
        return word;
    }

    private static final double HARMONIC = harmonic();

    private static double harmonic() {
        double sum = 0;
        for (int rank = 1; rank <= WORDS; rank++) {
            sum += 1.0 / rank;
        }
        return sum;
    }

    /** A text of so many characters. */
    int[] text(int length, RandomGenerator random) {
        int[] text = new int[length];
        int word = zipf(random);
        int place = 0;
        while (place < length) {
            for (int i = 0; i < words[word].length && place < length; i++) {
                text[place++] = words[word][i];
            }
            if (place < length) {
                text[place++] = 0;
            }
            word = random.nextDouble() < PREFERENCE ? successors[word][random.nextInt(PREFERRED)] : zipf(random);
        }
        return text;
    }
}
