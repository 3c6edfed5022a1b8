package dev.steelyard.ranking.click;

/**
 * The probability that a user finds a document relevant: eps + (top - eps)(2^r - 1)/(2^G - 1) for grade r.
 *
 * @param noise eps, for grade 0, in [0, 1]; default .1
 * @param top for the largest grade, in [noise, 1]; default 1
 * @param largestGrade G; default 4
 */
public record PerceivedRelevance(double noise, double top, int largestGrade) {

    /** Noise .1, top 1, grades 0 to 4. */
    public static final PerceivedRelevance DEFAULT = new PerceivedRelevance(.1, 1, 4);

    public PerceivedRelevance {
        if (!(noise >= 0 && noise <= top && top <= 1)) {
            throw new IllegalArgumentException(
                    "noise and top must be 0 <= noise <= top <= 1, not " + noise + " and " + top);
        }
        if (largestGrade < 1) {
            throw new IllegalArgumentException("largestGrade must be at least 1, not " + largestGrade);
        }
    }

    /** The probability for a grade. */
    public double of(int grade) {
        if (grade < 0 || grade > largestGrade) {
            throw new IllegalArgumentException("the grade must be between 0 and " + largestGrade + ", not " + grade);
        }
        return noise + (top - noise) * (Math.pow(2, grade) - 1) / (Math.pow(2, largestGrade) - 1);
    }
}
