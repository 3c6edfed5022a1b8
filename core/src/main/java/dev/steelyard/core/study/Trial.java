package dev.steelyard.core.study;

/**
 * One cell of a study's grid. Trials do not depend on one another.
 *
 * @param part which part of the study, e.g. {@code text} or {@code tuning}
 * @param method what is tried, e.g. {@code AdamW}
 * @param setting how, e.g. {@code lr=0.003}; empty when there is one setting
 * @param seed number of the repetition, from 0
 */
public record Trial(String part, String method, String setting, int seed) {

    /** Name of the trial in the journal and in messages; unique within a study. */
    public String key() {
        return part + "/" + method + (setting.isEmpty() ? "" : "/" + setting) + "/" + seed;
    }
}
