package dev.steelyard.online.convex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A face of a box, a simplex, an l1 ball or a product of them: which coordinates it holds at a value, and which sums over
 * the others it fixes. {@link FaceProjection} moves from face to face.
 *
 * <p>Of an l1 ball it is a face within one orthant, so that all of a coordinate's sides are two: held or free.
 */
final class Face {

    /** How far a free coordinate may lie beyond its bound by rounding, a share of the domain's diameter. */
    private static final double ROUNDING = 1e-13;

    private final Domain domain;
    private final List<FacePart> parts = new ArrayList<>();
    private final double slack;

    /** Whether a coordinate is held, and where. */
    final boolean[] held;

    final double[] value;

    /** The coefficient of a coordinate in its part's sum; on an l1 ball the orthant. */
    final double[] sign;

    /** The sides that are to change, ascending: 2 i is coordinate i's, 2 i + 1 the sum's whose last coordinate is i. */
    private final int[] wrong;

    private int wrongs;

    private Face(Domain domain) {
        this.domain = domain;
        int d = domain.dimension();
        held = new boolean[d];
        value = new double[d];
        sign = new double[d];
        wrong = new int[2 * d];
        slack = ROUNDING * domain.diameter();
    }

    /** Whether all faces of a domain are flat, so that this class knows them. */
    static boolean isFlat(Domain domain) {
        return domain instanceof Box
                || domain instanceof Simplex
                || domain instanceof L1Ball
                || (domain instanceof ProductDomain product
                        && product.parts().stream().allMatch(Face::isFlat));
    }

    /**
     * The face on which a point lies.
     *
     * @param domain a flat one
     * @param near a point of it
     * @param target what will be projected; says where an l1 ball begins whose inner point {@code near} is
     */
    static Face of(Domain domain, double[] near, double[] target) {
        Face face = new Face(domain);
        face.add(domain, 0, near, target);
        return face;
    }

    private void add(Domain part, int from, double[] near, double[] target) {
        int to = from + part.dimension();
        switch (part) {
            case Box box -> parts.add(new BoxFace(this, box, from, near));
            case Simplex simplex -> parts.add(SumFace.of(this, simplex, from, near));
            case L1Ball ball ->
                parts.add(SumFace.of(
                        this, ball, from, Arrays.copyOfRange(near, from, to), Arrays.copyOfRange(target, from, to)));
            case ProductDomain product -> {
                int next = from;
                for (Domain inner : product.parts()) {
                    add(inner, next, near, target);
                    next += inner.dimension();
                }
            }
            default -> throw new IllegalArgumentException("the faces of " + part + " are not flat");
        }
    }

    int dimension() {
        return held.length;
    }

    /** The sums that this face fixes. */
    List<SumFace> sums() {
        List<SumFace> sums = new ArrayList<>();
        for (FacePart part : parts) {
            if (part instanceof SumFace sum && sum.isFixed()) {
                sums.add(sum);
            }
        }
        return sums;
    }

    /** Held coordinates where they are held, free ones where the target is. */
    double[] base(double[] target) {
        double[] point = target.clone();
        for (int i = 0; i < point.length; i++) {
            if (held[i]) {
                point[i] = value[i];
            }
        }
        return point;
    }

    /** The point of the domain next to one that is beyond it by rounding alone, or null if it is farther away. */
    double[] clean(double[] point) {
        double[] clean = point.clone();
        for (FacePart part : parts) {
            if (!part.clean(clean, slack)) {
                return null;
            }
        }
        return clean;
    }

    /**
     * Counts what speaks against this face: free coordinates beyond their bounds, and held ones that the gradient pulls
     * inwards.
     */
    int judge(double[] point, double[] gradient) {
        wrongs = 0;
        for (FacePart part : parts) {
            part.judge(point, gradient);
        }
        return wrongs;
    }

    void isWrong(int side) {
        wrong[wrongs++] = side;
    }

    /** Has all sides that were judged wrong change, or only the last of them. */
    void exchange(double[] point, double[] gradient, boolean all) {
        int next = all ? 0 : wrongs - 1;
        for (FacePart part : parts) {
            int begin = next;
            while (next < wrongs && wrong[next] < 2 * part.to) {
                next++;
            }
            if (next > begin) {
                part.exchange(Arrays.copyOfRange(wrong, begin, next), point, gradient);
            }
        }
    }

    /**
     * Where nothing is wrong, moves to the orthants that the gradient pulls coordinates into which are held at 0.
     *
     * @return whether there are any
     */
    boolean turn(double[] gradient) {
        boolean turned = false;
        for (FacePart part : parts) {
            turned |= part.turn(gradient);
        }
        return turned;
    }

    @Override
    public String toString() {
        return "a face of " + domain;
    }
}
