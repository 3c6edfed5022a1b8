package dev.steelyard.studio.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Token buckets: so many requests a second for each caller, a second's worth at once. */
public final class RateLimit {

    private static final int MOST_CALLERS = 100_000;

    private final double perSecond;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private static final class Bucket {
        private double tokens;
        private long filled;
    }

    public RateLimit(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Whether a caller may go on at a time, in nanoseconds. */
    public boolean admits(String caller, long now) {
        if (buckets.size() > MOST_CALLERS) {
            buckets.clear();
        }
        Bucket bucket = buckets.computeIfAbsent(caller, key -> {
            Bucket fresh = new Bucket();
            fresh.tokens = Math.max(1, perSecond);
            fresh.filled = now;
            return fresh;
        });
        synchronized (bucket) {
            bucket.tokens = Math.min(Math.max(1, perSecond), bucket.tokens + (now - bucket.filled) * 1e-9 * perSecond);
            bucket.filled = now;
            if (bucket.tokens < 1) {
                return false;
            }
            bucket.tokens--;
            return true;
        }
    }
}
