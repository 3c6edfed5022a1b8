package dev.steelyard.online.convex;

import java.util.Arrays;

/**
 * A face of a simplex, or of an l1 ball in one orthant: coordinates held at 0, and the sum of sign times entry over the
 * others, which is fixed on the simplex and on the surface of the ball.
 */
final class SumFace extends FacePart {

    private final double level;
    private final boolean ball;
    private boolean fixed = true;

    private SumFace(Face face, int from, int dimension, double level, boolean ball) {
        super(face, from, dimension);
        this.level = level;
        this.ball = ball;
    }

    static SumFace of(Face face, Simplex simplex, int from, double[] near) {
        SumFace part = new SumFace(face, from, simplex.dimension(), simplex.total(), false);
        for (int i = from; i < part.to; i++) {
            face.sign[i] = 1;
            face.held[i] = near[i] <= 0;
        }
        return part;
    }

    static SumFace of(Face face, L1Ball ball, int from, double[] near, double[] target) {
        SumFace part = new SumFace(face, from, ball.dimension(), ball.radius(), true);
        boolean inside = ball.contains(near, -1e-12 * ball.radius());
        part.fixed = !inside || !ball.contains(target, 0);
        double[] begin = inside ? ball.project(target) : near;
        for (int i = from; i < part.to; i++) {
            face.sign[i] = Math.copySign(1, begin[i - from] == 0 ? target[i - from] : begin[i - from]);
            face.held[i] = part.fixed && begin[i - from] == 0;
        }
        return part;
    }

    boolean isFixed() {
        return fixed;
    }

    /** The sum of sign times entry over the free coordinates; held ones would add nothing. */
    double sum(double[] vector) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            if (!face.held[i]) {
                sum += face.sign[i] * vector[i];
            }
        }
        return sum;
    }

    /** What the sum lacks of its level. */
    double missing(double[] point) {
        return level - sum(point);
    }

    private int free() {
        int free = 0;
        for (int i = from; i < to; i++) {
            free += face.held[i] ? 0 : 1;
        }
        return free;
    }

    /** Minus the mean of sign times gradient over the free coordinates; on the face's nearest point all are alike. */
    private double multiplier(double[] gradient) {
        return fixed ? -sum(gradient) / free() : 0;
    }

    @Override
    boolean clean(double[] point, double slack) {
        for (int i = from; i < to; i++) {
            double entry = face.sign[i] * point[i];
            if (entry < -slack) {
                return false;
            }
            if (entry <= 0) {
                point[i] = 0;
            }
        }
        double missing = missing(point);
        if (!fixed && missing >= 0) {
            return true;
        }
        if (!fixed && missing < -slack) {
            return false;
        }
        double share = missing / free();
        for (int i = from; i < to; i++) {
            if (face.sign[i] * point[i] > Math.abs(share)) {
                point[i] += face.sign[i] * share;
            }
        }
        return true;
    }

    @Override
    void judge(double[] point, double[] gradient) {
        double multiplier = multiplier(gradient);
        for (int i = from; i < to; i++) {
            if (face.sign[i] * (face.held[i] ? gradient[i] : point[i]) < (face.held[i] ? -multiplier : 0)) {
                face.isWrong(2 * i);
            }
        }
        if (ball && (fixed ? multiplier < 0 : missing(point) < 0)) {
            face.isWrong(2 * (to - 1) + 1);
        }
    }

    @Override
    void exchange(int[] wrong, double[] point, double[] gradient) {
        for (int side : wrong) {
            if (side % 2 == 0) {
                face.held[side / 2] = !face.held[side / 2];
            } else {
                fixed = !fixed;
            }
        }
        if (fixed && free() == 0) {
            int least = from;
            for (int i = from; i < to; i++) {
                least = face.sign[i] * gradient[i] < face.sign[least] * gradient[least] ? i : least;
            }
            face.held[least] = false;
        }
    }

    @Override
    boolean turn(double[] gradient) {
        if (!ball) {
            return false;
        }
        double multiplier = multiplier(gradient);
        boolean turned = false;
        for (int i = from; i < to; i++) {
            if (face.held[i] && face.sign[i] * gradient[i] > multiplier) {
                face.sign[i] = -face.sign[i];
                face.held[i] = false;
                turned = true;
            }
        }
        return turned;
    }

    @Override
    public String toString() {
        return "signs " + Arrays.toString(Arrays.copyOfRange(face.sign, from, to)) + ", sum " + level;
    }
}
