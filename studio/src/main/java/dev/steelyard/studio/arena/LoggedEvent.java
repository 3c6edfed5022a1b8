package dev.steelyard.studio.arena;

import java.time.Instant;

/** An event with its number, from 0, and its time. */
record LoggedEvent(long number, Instant time, ArenaEvent event) {}
