package dev.steelyard.ranking.krank;

/**
 * What is left of a Gaussian around {@code distance} within a margin of 0 that is small, measured from 0. The closed forms
 * take differences of nearly equal numbers there; the density's series in Hermite polynomials does not.
 *
 * @param mean of what is left
 * @param variance of it
 */
record NarrowBand(double mean, double variance) {

    /** Below this the terms left out are smaller than what the closed forms lose. */
    private static final double NARROW = 0.05;

    static boolean holds(double distance, double margin) {
        return margin * Math.max(1, distance) < NARROW;
    }

    /** The density is proportional to exp(distance s - s^2/2) for s within the margin. */
    static NarrowBand of(double distance, double margin) {
        double x2 = distance * distance;
        double hermite2 = x2 - 1;
        double hermite3 = distance * (x2 - 3);
        double hermite4 = x2 * (x2 - 6) + 3;
        double hermite5 = distance * (x2 * (x2 - 10) + 15);
        // Moments of the uniform distribution over the band.
        double m2 = margin * margin / 3;
        double m4 = m2 * margin * margin * 3 / 5;
        double m6 = m4 * margin * margin * 5 / 7;
        double mass = 1 + hermite2 * m2 / 2 + hermite4 * m4 / 24;
        double mean = (distance * m2 + hermite3 * m4 / 6 + hermite5 * m6 / 120) / mass;
        double square = (m2 + hermite2 * m4 / 2 + hermite4 * m6 / 24) / mass;
        return new NarrowBand(mean, square - mean * mean);
    }
}
