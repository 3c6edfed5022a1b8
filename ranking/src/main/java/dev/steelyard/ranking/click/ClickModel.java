package dev.steelyard.ranking.click;

import java.util.random.RandomGenerator;

/** Says where a user clicks. */
@FunctionalInterface
public interface ClickModel {

    /**
     * Draws the clicks of a session.
     *
     * @param relevance the probability with which the user finds each shown document relevant, in the order shown
     */
    boolean[] clicks(double[] relevance, RandomGenerator random);

    /**
     * A user who looks at each place with a probability of its own and clicks what is relevant there.
     *
     * @param severity eta: examination is the table's to this power; 0 for no bias, 1 as measured
     */
    static ClickModel positionBased(double severity) {
        double[] examination = ExaminationTables.positions(severity);
        return (relevance, random) -> {
            boolean[] clicks = new boolean[relevance.length];
            for (int k = 0; k < clicks.length; k++) {
                double examined = examination[Math.min(k, examination.length - 1)];
                clicks[k] = random.nextDouble() < examined * relevance[k];
            }
            return clicks;
        };
    }

    /**
     * A user who looks at a place the more likely the nearer the last click was (Dupret, Piwowarski, SIGIR 2008).
     *
     * @param severity eta, as in {@link #positionBased}
     */
    static ClickModel userBrowsing(double severity) {
        return (relevance, random) -> {
            boolean[] clicks = new boolean[relevance.length];
            int lastClick = -1;
            for (int k = 0; k < clicks.length; k++) {
                double examined = ExaminationTables.browsing(k, lastClick, severity);
                clicks[k] = random.nextDouble() < examined * relevance[k];
                lastClick = clicks[k] ? k : lastClick;
            }
            return clicks;
        };
    }

    /**
     * A user who goes down the list and may leave after each document (click chain model, Guo et al., WWW 2009).
     *
     * @param afterSkip probability of going on after a document without a click
     * @param afterIrrelevant of going on after a clicked document that was irrelevant after all
     * @param afterRelevant of going on after a clicked document that was relevant
     */
    static ClickModel clickChain(double afterSkip, double afterIrrelevant, double afterRelevant) {
        return (relevance, random) -> {
            boolean[] clicks = new boolean[relevance.length];
            boolean examines = true;
            for (int k = 0; k < clicks.length && examines; k++) {
                clicks[k] = random.nextDouble() < relevance[k];
                double goesOn =
                        clicks[k] ? afterIrrelevant * (1 - relevance[k]) + afterRelevant * relevance[k] : afterSkip;
                examines = random.nextDouble() < goesOn;
            }
            return clicks;
        };
    }

    /** The click chain with .9, .6, .3. */
    static ClickModel clickChain() {
        return clickChain(.9, .6, .3);
    }

    /** A user who goes down the list to the first relevant document, clicks it, and leaves (Craswell et al., WSDM 2008). */
    static ClickModel cascade() {
        return clickChain(1, 0, 0);
    }

    /**
     * A dynamic Bayesian network (Chapelle, Zhang, WWW 2009): after a click the user is satisfied with a probability in
     * proportion to the relevance and leaves; otherwise goes on with a fixed probability.
     *
     * @param goesOn of an unsatisfied user
     * @param satisfied probability that a clicked document of relevance 1 satisfies
     */
    static ClickModel dynamicBayesian(double goesOn, double satisfied) {
        return (relevance, random) -> {
            boolean[] clicks = new boolean[relevance.length];
            boolean examines = true;
            for (int k = 0; k < clicks.length && examines; k++) {
                clicks[k] = random.nextDouble() < relevance[k];
                boolean content = clicks[k] && random.nextDouble() < satisfied * relevance[k];
                examines = !content && random.nextDouble() < goesOn;
            }
            return clicks;
        };
    }

    /**
     * Users by name.
     *
     * @param name {@code pbm}, {@code ubm}, {@code ccm}, {@code cascade} or {@code dbn}, the last going on with probability
     *     .9 and satisfied with .9
     * @param severity eta of the first two, at least 0
     * @throws IllegalArgumentException listing the names
     */
    static ClickModel named(String name, double severity) {
        if (!(severity >= 0) || Double.isInfinite(severity)) {
            throw new IllegalArgumentException("severity must be finite and at least 0, not " + severity);
        }
        return switch (name) {
            case "pbm" -> positionBased(severity);
            case "ubm" -> userBrowsing(severity);
            case "ccm" -> clickChain();
            case "cascade" -> cascade();
            case "dbn" -> dynamicBayesian(.9, .9);
            default ->
                throw new IllegalArgumentException(
                        "no users are called '" + name + "'; there are pbm, ubm, ccm, cascade and dbn");
        };
    }
}
