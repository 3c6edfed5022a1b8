package dev.steelyard.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a foreign libtorch in the system's library folders, which JavaCPP would prefer to ours and crash on.
 */
public final class SystemLibtorch {

    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib64"),
            Path.of("/usr/lib"),
            Path.of("/usr/local/lib"),
            Path.of("/lib/x86_64-linux-gnu"));
    private static final List<String> NAMES =
            List.of("libc10.so", "libtorch.so", "libtorch_cpu.so", "libtorch_cuda.so");

    private SystemLibtorch() {}

    /** The foreign libraries found in the system's folders; empty is good. */
    public static List<Path> found() {
        return found(FOLDERS);
    }

    static List<Path> found(List<Path> folders) {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            for (String name : NAMES) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    static void refuse() {
        refuse(found());
    }

    static void refuse(List<Path> found) {
        if (!found.isEmpty()) {
            throw new UnsupportedPlatformException("the system's library folders hold a libtorch of their own, which "
                    + "would be loaded in place of Steelyard's and crash the JVM: " + found
                    + "; move these links away (Debian's package python3-torch installs them) and try again");
        }
    }
}
