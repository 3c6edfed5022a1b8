package dev.steelyard.core.study;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.Optional;

/**
 * How a study is run.
 *
 * @param scale how much work; default {@link Scale#STANDARD}
 * @param seed root of all random numbers; default 0
 * @param repetitions seeds a method, at least 1; empty for the study's own choice
 * @param threads trials that run side by side, each on one thread; default: the cores of the machine
 * @param device {@code cpu} (default) or {@code cuda}
 */
@RecordBuilder
public record LabOptions(Scale scale, long seed, Optional<Integer> repetitions, int threads, String device) {

    public LabOptions {
        Objects.requireNonNull(scale, "scale");
        repetitions.ifPresent(n -> {
            if (n < 1) {
                throw new IllegalArgumentException("repetitions must be at least 1, was " + n);
            }
        });
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        if (!device.equals("cpu") && !device.equals("cuda")) {
            throw new IllegalArgumentException("device must be cpu or cuda, was '" + device + "'");
        }
    }

    /** The defaults at a scale. */
    public static LabOptions at(Scale scale) {
        return new LabOptions(scale, 0, Optional.empty(), Runtime.getRuntime().availableProcessors(), "cpu");
    }
}
