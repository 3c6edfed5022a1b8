package dev.steelyard.core.study;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.paper.Method;
import java.util.List;

/**
 * Puts the claims of a paper to the test.
 *
 * <p>A study reads its scale and seeds from the {@link Lab}, runs a grid of {@link Trial}s in it, and reports tables,
 * charts and one judgement per claim to {@link Lab#findings()}. It keeps no state of its own between calls.
 */
public interface Study extends Method {

    /** What is put to the test, written down before anything runs. */
    List<Claim> claims();

    /**
     * Runs the study.
     *
     * @throws InterruptedException if the user stops it; finished trials stay on disk
     */
    void run(Lab lab) throws InterruptedException;
}
