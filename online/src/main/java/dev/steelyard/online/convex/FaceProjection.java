package dev.steelyard.online.convex;

/**
 * The point of a polyhedral domain nearest in the norm of H to a point outside, by block principal pivoting: on the face
 * at hand the nearest point is a system of linear equations; coordinates on the wrong side are exchanged, all at once
 * while their number falls, else the last one alone, until none is wrong.
 *
 * <p>J. Judice, F. Pires, A block principal pivoting algorithm for large-scale strictly monotone linear complementarity
 * problems, Computers and Operations Research 21, 1994. That is finite for boxes; elsewhere it may cycle, and gives up
 * then.
 *
 * <p>A face takes O(d^2 + m^3), m the lesser of how many coordinates are free and held; a few are enough as a rule, and
 * one or two where the search begins at the face where the last projection ended.
 */
final class FaceProjection {

    /** How often the number of wrong coordinates may not fall before they are exchanged one by one; as published. */
    private static final int PATIENCE = 10;

    private static final int MOST_REFINEMENTS = 4;

    private static final int MOST_FACES = 100;
    private static final int FACES_A_COORDINATE = 4;

    private final QuadraticNorm norm;
    private final Domain domain;
    private final double[] target;
    private final Face face;

    private FaceProjection(QuadraticNorm norm, Domain domain, double[] target, double[] near) {
        this.norm = norm;
        this.domain = domain;
        this.target = target;
        this.face = Face.of(domain, near, target);
    }

    /**
     * @param domain one with flat faces
     * @param near a point of the domain on whose face the search begins
     * @return the nearest point, or null where it was not found with a certificate
     * @throws ArithmeticException if the matrix is not positive definite
     */
    static double[] project(QuadraticNorm norm, Domain domain, double[] target, double[] near) {
        return new FaceProjection(norm, domain, target, near).search();
    }

    private double[] search() {
        int fewest = Integer.MAX_VALUE;
        int patience = PATIENCE;
        int most = FACES_A_COORDINATE * domain.dimension() + MOST_FACES;
        for (int faces = 1; faces <= most; faces++) {
            FaceSystem system = new FaceSystem(norm, face);
            double[] point = face.base(target);
            double[] gradient = norm.slope(point, target);
            int wrong = 0;
            // Badly conditioned norms need a refinement before signs can be told, and some more for the certificate.
            int refinements = faces > PATIENCE ? 1 : 0;
            for (int n = 0; n <= MOST_REFINEMENTS; n++) {
                point = Vectors.plus(point, 1, system.direction(point, gradient));
                gradient = norm.slope(point, target);
                double[] clean = face.clean(point);
                if (clean != null && norm.isNearest(domain, clean, target)) {
                    return clean;
                }
                wrong = face.judge(point, gradient);
                if (wrong > 0 && n >= refinements) {
                    break;
                }
                if (wrong == 0 && face.turn(gradient)) {
                    break;
                }
            }
            if (wrong == 0) {
                fewest = Integer.MAX_VALUE;
                patience = PATIENCE;
                continue;
            }
            if (wrong < fewest) {
                fewest = wrong;
                patience = PATIENCE;
            } else {
                patience--;
            }
            face.exchange(point, gradient, patience >= 0);
        }
        return null;
    }
}
