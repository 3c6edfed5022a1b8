package dev.steelyard.core.study;

/** How far a method of the catalogue has come. */
public enum MethodState {
    /** It can be called and a study puts its claims to the test. */
    STUDIED,
    /** It can be called. */
    BUILT,
    /** It is in the catalogue only. */
    PLANNED
}
