/**
 * Any learner driven by JSON: a {@link dev.steelyard.online.wire.LearnerFactory} makes a learner from options, a {@link
 * dev.steelyard.online.wire.JsonLearner} translates its contexts, actions and outcomes. A method registers its factory
 * by one line of {@code META-INF/services/dev.steelyard.online.wire.LearnerFactory}.
 */
package dev.steelyard.online.wire;
