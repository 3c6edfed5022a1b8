package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialBody;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Lyapunov function falls as the paper says, step by step and along the differential equation. */
class LyapunovTest {

    static Stream<ConvexFunction> functions() {
        return Stream.of(new L1(), new Huber(0.5), new L2(), new HalfSquare(), new DeadZone(0.5));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyStepKeepsTheBoundAlsoWithoutItsGaps(ConvexFunction k) throws InterruptedException {
        TrialResult result = run((trial, context) -> LyapunovExperiment.discrete(k, 300, context));
        assertThat(result.metric("excess over the bound")).isLessThan(1e-10);
        assertThat(result.metric("excess over the bound without gaps")).isLessThan(1e-10);
    }

    @Test
    void inContinuousTimeItsSlopeIsMinusDelta() throws InterruptedException {
        TrialResult result = run(
                (trial, context) -> LyapunovExperiment.continuous(new SmoothAbsolute(0.5), true, 1e-3, 400, context));
        assertThat(result.metric("increase")).isLessThan(1e-9);
        assertThat(result.metric("difference of the slope")).isLessThan(1e-6);
    }

    private static TrialResult run(TrialBody body) throws InterruptedException {
        TrialStore forgets = new TrialStore() {
            @Override
            public Map<String, TrialResult> finished() {
                return Map.of();
            }

            @Override
            public void append(TrialResult result) {}
        };
        return new Lab("lion-k", LabOptions.at(Scale.QUICK), forgets, Progress.SILENT)
                .trials(List.of(new Trial("part", "method", "", 0)), body)
                .all()
                .getFirst();
    }
}
