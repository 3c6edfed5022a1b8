package dev.steelyard.language.text;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the line that a decoder stumbled over; the decoder reads ahead by blocks and cannot tell. */
final class InvalidUtf8 {

    private InvalidUtf8() {}

    /** The number, from 1, of the first line that is no UTF-8, or of the last line. */
    static int line(Path file) throws IOException {
        int number = 1;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            for (int b = bytes.read(); b >= 0; b = bytes.read()) {
                if (b == '\n') {
                    if (!isUtf8(line.toByteArray())) {
                        return number;
                    }
                    number++;
                    line.reset();
                } else {
                    line.write(b);
                }
            }
        }
        return number;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
