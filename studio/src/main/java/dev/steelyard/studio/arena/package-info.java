/**
 * A voting arena: people see outputs without names and rank them, a matchmaker chooses who meets, a leaderboard follows.
 * Begin with {@link dev.steelyard.studio.arena.Arena}, which takes votes and keeps them on disk;
 * {@link dev.steelyard.studio.arena.Catalogue} reads what is shown, {@link dev.steelyard.studio.arena.ArenaServer} puts both
 * on the web. An arena's state is its log of events, replayed.
 */
package dev.steelyard.studio.arena;
