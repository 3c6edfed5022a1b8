package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/**
 * Centre plus scale times vector: a projection changes the scale alone. The vector's squared length follows by what each
 * step adds, and is summed anew after as many entries as the dimension, which rounding never gets far by and costs nothing
 * in the mean.
 */
final class BallIterate implements SparseIterate {

    private static final double LEAST_SCALE = 1e-60;

    private final Ball ball;
    private final double[] centre;
    private final double[] vector;
    private double scale = 1;
    private double square;
    private long touched;

    BallIterate(Ball ball, double[] start) {
        this.ball = ball;
        this.centre = ball.centre();
        this.vector = Vectors.plus(start, -1, centre);
        this.square = Vectors.dot(vector, vector);
    }

    @Override
    public double dotAfter(SparseVector direction, double step, SparseVector other) {
        double along = scale * direction.dot(vector);
        double length =
                Math.sqrt(Math.max(0, scale * scale * square + step * (step * direction.squaredNorm() - 2 * along)));
        double shrink = length > ball.radius() ? ball.radius() / length : 1;
        return other.dot(centre) + shrink * (scale * other.dot(vector) - step * direction.dot(other));
    }

    @Override
    public void step(SparseVector direction, double step) {
        double factor = -step / scale;
        square += factor * (2 * direction.dot(vector) + factor * direction.squaredNorm());
        direction.addTo(vector, factor);
        touched += direction.size();
        if (touched >= vector.length || scale < LEAST_SCALE) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
            scale = 1;
            square = Vectors.dot(vector, vector);
            touched = 0;
        }
        double length = Math.sqrt(Math.max(0, square));
        if (scale * length > ball.radius()) {
            scale = ball.radius() / length;
        }
    }

    @Override
    public double[] after(SparseVector direction, double step) {
        double[] moved = Vectors.plus(centre, scale, vector);
        direction.addTo(moved, -step);
        return ball.project(moved);
    }

    @Override
    public State state() {
        return State.of("ball iterate")
                .put("vector", SparseVector.of(vector).state())
                .put("scale", scale)
                .put("square", square)
                .put("touched", touched);
    }

    @Override
    public void restore(State state) {
        double savedScale = state.require("ball iterate").number("scale");
        double savedSquare = state.number("square");
        long savedTouched = state.integer("touched");
        double[] saved = SparseVector.from(state.state("vector"), vector.length).dense(vector.length);
        System.arraycopy(saved, 0, vector, 0, saved.length);
        scale = savedScale;
        square = savedSquare;
        touched = savedTouched;
    }
}
