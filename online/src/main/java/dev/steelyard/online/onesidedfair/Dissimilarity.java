package dev.steelyard.online.onesidedfair;

/** How different an auditor thinks two individuals are, in [0, 1]; 0 for an individual and itself. */
@FunctionalInterface
public interface Dissimilarity {

    double between(double[] x, double[] other);
}
