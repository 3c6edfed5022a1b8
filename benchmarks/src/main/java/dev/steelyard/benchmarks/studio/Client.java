package dev.steelyard.benchmarks.studio;

import java.io.IOException;

/** What a client does over and over, such as a decision and its feedback. */
@FunctionalInterface
interface Client {

    /** One turn, back when everything in it was acknowledged. */
    void turn(Connection connection) throws IOException;
}
