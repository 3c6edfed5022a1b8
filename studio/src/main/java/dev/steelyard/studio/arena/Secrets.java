package dev.steelyard.studio.arena;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that cannot be guessed, for ballots and voters. */
final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int PUBLIC = 16;

    private Secrets() {}

    /** 128 random bits in hexadecimal. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static boolean isOne(String text) {
        return text != null && text.length() == 2 * BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** A name for logs and exports from which the secret cannot be found, so that a reader cannot vote in its name. */
    static String publicName(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, PUBLIC);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
