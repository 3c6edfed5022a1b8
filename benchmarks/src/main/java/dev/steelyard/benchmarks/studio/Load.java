package dev.steelyard.benchmarks.studio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * So many clients that each take their turns one after the other, until the turns or the time are used up.
 *
 * @param clients how many at a time
 * @param turns of all clients together, at most
 * @param seconds at most
 */
record Load(int clients, long turns, double seconds) {

    /**
     * What came of it.
     *
     * @param perSecond turns a second of all clients together
     * @param median of a turn, milliseconds
     * @param percentile99 of a turn, milliseconds
     */
    record Result(long turns, double perSecond, double median, double percentile99) {}

    Result run(int port, Supplier<Client> client) throws IOException {
        AtomicLong left = new AtomicLong(turns);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Future<List<Long>>> running = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < clients; c++) {
                running.add(threads.submit(() -> turns(port, client.get(), left, end)));
            }
            for (Future<List<Long>> each : running) {
                times.addAll(each.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        double taken = (System.nanoTime() - start) * 1e-9;
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Result(sorted.length, sorted.length / taken, quantile(sorted, 0.5), quantile(sorted, 0.99));
    }

    private static List<Long> turns(int port, Client client, AtomicLong left, long end) throws IOException {
        List<Long> times = new ArrayList<>();
        try (Connection connection = new Connection(port)) {
            while (left.getAndDecrement() > 0) {
                long begun = System.nanoTime();
                if (begun >= end) {
                    break;
                }
                client.turn(connection);
                times.add(System.nanoTime() - begun);
            }
        }
        return times;
    }

    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] * 1e-6;
    }

    /** Clients by a list such as 1,8,64. */
    static int[] clients(String list) {
        return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
