package dev.steelyard.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the working thread and waits for it to leave the disk in order. The JVM then ends
 * with code 130.
 */
final class StopOnSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Thread hook;
    private final CountDownLatch left;

    private StopOnSignal(Thread hook, CountDownLatch left) {
        this.hook = hook;
        this.left = left;
    }

    /** Watches on behalf of the calling thread until closed; says {@code message} when it was stopped. */
    static StopOnSignal watch(String message) {
        Thread worker = Thread.currentThread();
        // Not the thread's end: on its way out it calls System.exit, which waits for this very hook.
        CountDownLatch left = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("stop-on-signal").unstarted(() -> {
            System.err.println();
            System.err.println("steelyard: " + message);
            worker.interrupt();
            try {
                if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    System.err.println("steelyard: the work did not stop within " + PATIENCE.toSeconds()
                            + " s; what was finished before is kept");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopOnSignal(hook, left);
    }

    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running: it is what stopped the work.
            Thread.currentThread().interrupt();
        }
    }
}
