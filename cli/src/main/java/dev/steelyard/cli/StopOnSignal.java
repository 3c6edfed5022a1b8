package dev.steelyard.cli;

import java.time.Duration;

/**
 * Turns Ctrl-C into an interrupt of the working thread and waits for it to leave the disk in order. The JVM then ends
 * with code 130.
 */
final class StopOnSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Thread hook;

    private StopOnSignal(Thread hook) {
        this.hook = hook;
    }

    /** Watches on behalf of the calling thread until closed; says {@code message} when it was stopped. */
    static StopOnSignal watch(String message) {
        Thread worker = Thread.currentThread();
        Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(() -> {
            System.err.println();
            System.err.println("steelyard: " + message);
            worker.interrupt();
            try {
                worker.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopOnSignal(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running: it is what stopped the work.
            Thread.currentThread().interrupt();
        }
    }
}
