package dev.steelyard.online.convex;

import java.util.List;

/**
 * The step from a point to the one nearest to the target on a face, in the norm of H. It takes the factor of H over the
 * free coordinates, or where the inverse is at hand and fewer are held, that of the inverse over the held ones.
 */
final class FaceSystem {

    private final QuadraticNorm norm;
    private final Face face;
    private final List<SumFace> sums;
    private final int[] free;
    private final int[] held;
    private final boolean byInverse;
    private final Cholesky factor;

    /** Over the free coordinates H^-1 a for each sum's coefficients a; by the inverse, K a over all. */
    private final double[][] solved;

    private final Cholesky rest;

    FaceSystem(QuadraticNorm norm, Face face) {
        this.norm = norm;
        this.face = face;
        this.sums = face.sums();
        int d = face.dimension();
        int count = 0;
        for (boolean each : face.held) {
            count += each ? 1 : 0;
        }
        held = new int[count];
        free = new int[d - count];
        int nextHeld = 0;
        int nextFree = 0;
        for (int i = 0; i < d; i++) {
            if (face.held[i]) {
                held[nextHeld++] = i;
            } else {
                free[nextFree++] = i;
            }
        }
        byInverse = norm.inverse() != null && held.length + sums.size() < free.length;
        solved = new double[sums.size()][];
        if (byInverse) {
            factor = new Cholesky(constraints());
            rest = null;
        } else {
            factor = new Cholesky(gather(norm.matrix(), free));
            rest = new Cholesky(border());
        }
    }

    private static double[][] gather(double[][] matrix, int[] chosen) {
        double[][] part = new double[chosen.length][chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            double[] row = matrix[chosen[i]];
            for (int j = i; j < chosen.length; j++) {
                part[i][j] = row[chosen[j]];
            }
        }
        return part;
    }

    /** C K C^T, where C picks the held coordinates and then takes the sums. */
    private double[][] constraints() {
        double[][] inverse = norm.inverse();
        int size = held.length + sums.size();
        double[][] system = new double[size][size];
        double[][] picked = gather(inverse, held);
        for (int i = 0; i < held.length; i++) {
            System.arraycopy(picked[i], i, system[i], i, held.length - i);
        }
        for (int k = 0; k < solved.length; k++) {
            SumFace sum = sums.get(k);
            solved[k] = new double[face.dimension()];
            for (int i = sum.from; i < sum.to; i++) {
                if (!face.held[i]) {
                    Vectors.add(solved[k], face.sign[i], inverse[i]);
                }
            }
            for (int i = 0; i < held.length; i++) {
                system[i][held.length + k] = solved[k][held[i]];
            }
            for (int j = 0; j <= k; j++) {
                system[held.length + j][held.length + k] = sums.get(j).sum(solved[k]);
            }
        }
        return system;
    }

    /** A H^-1 A^T over the free coordinates, where A takes the sums. */
    private double[][] border() {
        double[][] border = new double[sums.size()][sums.size()];
        for (int k = 0; k < solved.length; k++) {
            SumFace sum = sums.get(k);
            solved[k] = new double[free.length];
            for (int i = 0; i < free.length; i++) {
                solved[k][i] = sum.from <= free[i] && free[i] < sum.to ? face.sign[free[i]] : 0;
            }
            factor.solve(solved[k]);
            double[] spread = spread(solved[k]);
            for (int j = 0; j <= k; j++) {
                border[j][k] = sums.get(j).sum(spread);
            }
        }
        return border;
    }

    private double[] spread(double[] overFree) {
        double[] all = new double[face.dimension()];
        for (int i = 0; i < free.length; i++) {
            all[free[i]] = overFree[i];
        }
        return all;
    }

    /**
     * The step.
     *
     * @param point one with held coordinates where they are held
     * @param gradient H (point - target)
     */
    double[] direction(double[] point, double[] gradient) {
        return byInverse ? byInverse(point, gradient) : byMatrix(point, gradient);
    }

    private double[] byMatrix(double[] point, double[] gradient) {
        double[] step = new double[free.length];
        for (int i = 0; i < free.length; i++) {
            step[i] = -gradient[free[i]];
        }
        factor.solve(step);
        double[] multipliers = new double[sums.size()];
        double[] spread = spread(step);
        for (int k = 0; k < multipliers.length; k++) {
            multipliers[k] = sums.get(k).missing(point) - sums.get(k).sum(spread);
        }
        rest.solve(multipliers);
        for (int k = 0; k < multipliers.length; k++) {
            Vectors.add(step, multipliers[k], solved[k]);
        }
        return spread(step);
    }

    private double[] byInverse(double[] point, double[] gradient) {
        double[] step = SecondMoments.times(norm.inverse(), gradient);
        double[] multipliers = new double[held.length + sums.size()];
        for (int i = 0; i < held.length; i++) {
            multipliers[i] = step[held[i]];
        }
        for (int k = 0; k < solved.length; k++) {
            multipliers[held.length + k] =
                    sums.get(k).missing(point) + sums.get(k).sum(step);
        }
        factor.solve(multipliers);
        for (int i = 0; i < step.length; i++) {
            step[i] = -step[i];
        }
        for (int i = 0; i < held.length; i++) {
            Vectors.add(step, multipliers[i], norm.inverse()[held[i]]);
        }
        for (int k = 0; k < solved.length; k++) {
            Vectors.add(step, multipliers[held.length + k], solved[k]);
        }
        for (int i : held) {
            step[i] = 0;
        }
        return step;
    }
}
