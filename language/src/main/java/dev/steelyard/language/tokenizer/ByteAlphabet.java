package dev.steelyard.language.tokenizer;

/**
 * GPT-2's writing of bytes as visible characters (Radford et al. 2019): a byte that is a visible Latin-1 character is
 * itself, the others become, in order, the characters from U+0100 on.
 */
final class ByteAlphabet {

    private static final int BYTES = 256;
    private static final int FIRST_SUBSTITUTE = 0x100;

    private final char[] characters = new char[BYTES];

    ByteAlphabet() {
        char substitute = FIRST_SUBSTITUTE;
        for (int value = 0; value < BYTES; value++) {
            characters[value] = isVisible(value) ? (char) value : substitute++;
        }
    }

    private static boolean isVisible(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
    }

    /** The character for a byte, 0 to 255. */
    char character(int value) {
        return characters[value];
    }
}
