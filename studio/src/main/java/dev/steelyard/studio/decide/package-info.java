/**
 * Decisions by HTTP: {@link dev.steelyard.studio.decide.DecisionServer} speaks JSON, {@link
 * dev.steelyard.studio.decide.DecisionService} drives learners by name, {@link dev.steelyard.studio.decide.EventLog} keeps
 * every decision and outcome on disk before it is acknowledged. What a learner knows is its log, replayed; snapshots only
 * shorten the replay.
 */
package dev.steelyard.studio.decide;
