/**
 * A {@link dev.steelyard.core.study.Study} puts a paper's claims to the test in a
 * {@link dev.steelyard.core.study.Lab}: the lab hands out seeds and runs trials, the study turns their results into
 * {@link dev.steelyard.core.study.Findings}, and each claim gets a {@link dev.steelyard.core.study.Verdict} by
 * interval. Begin with {@code Study}, then {@code Lab}.
 */
package dev.steelyard.core.study;
