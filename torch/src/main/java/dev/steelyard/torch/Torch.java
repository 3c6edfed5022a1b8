package dev.steelyard.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * The native runtime: loads libtorch, counts its threads, finds devices.
 *
 * <p>libtorch runs on {@value #DEFAULT_THREADS} thread unless {@link #threads(int)} says otherwise: trials run side by
 * side on Java's threads, and more OpenMP threads than free cores make everything ten times slower.
 */
public final class Torch {

    /** Threads within one operation; the system property {@code steelyard.torch.threads} sets another number. */
    public static final int DEFAULT_THREADS = 1;

    private static final String THREADS_PROPERTY = "steelyard.torch.threads";

    private Torch() {}

    /**
     * Loads libtorch, once; every other call of this package does so by itself.
     *
     * @throws UnsupportedPlatformException if there is no build for this platform, or if the system's folders hold a
     *     libtorch that would be loaded in place of ours
     */
    public static void load() {
        Runtime.touch();
    }

    /** Sets the threads within one operation, for all threads that have not computed yet and for this one. */
    public static void threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        load();
        torch.set_num_threads(threads);
    }

    /** Threads within one operation called from this thread. */
    public static int threads() {
        load();
        return torch.get_num_threads();
    }

    /** Whether a GPU can be used; only a build with {@code -Pgpu} holds the code for it. */
    public static boolean cudaAvailable() {
        load();
        return torch.hasCUDA();
    }

    /** Fixes the numbers of libtorch's own generator. Code of ours draws from Java's generators instead. */
    public static void manualSeed(long seed) {
        load();
        torch.manual_seed(seed);
    }

    /** {@code linux-x86_64} and the like, as JavaCPP names it. */
    public static String platform() {
        return Loader.getPlatform();
    }

    /** Loads once, under the class loader's lock. */
    private static final class Runtime {
        static {
            // JavaCPP counts the memory of the whole process against four times the Java heap, and fails when large
            // tensors pass it; scopes bound our native memory instead.
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
            SystemLibtorch.refuse();
            try {
                Loader.load(org.bytedeco.openblas.global.openblas.class);
                Loader.load(torch.class);
            } catch (LinkageError e) {
                throw new UnsupportedPlatformException(
                        "libtorch cannot be loaded on platform " + platform()
                                + ": builds exist for linux-x86_64, macosx-arm64 and windows-x86_64;"
                                + " 'steelyard doctor' shows what was found (" + e.getMessage() + ")",
                        e);
            }
            int threads = Integer.getInteger(THREADS_PROPERTY, DEFAULT_THREADS);
            torch.set_num_threads(threads);
            org.bytedeco.openblas.global.openblas.blas_set_num_threads(threads);
        }

        static void touch() {}
    }
}
