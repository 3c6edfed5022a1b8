package dev.steelyard.online.convex;

/** A face of a box: coordinates held at a side. */
final class BoxFace extends FacePart {

    private final Box box;

    BoxFace(Face face, Box box, int from, double[] near) {
        super(face, from, box.dimension());
        this.box = box;
        for (int i = from; i < to; i++) {
            if (near[i] <= box.lower(i - from) || near[i] >= box.upper(i - from)) {
                hold(i, near[i]);
            }
        }
    }

    private void hold(int i, double where) {
        face.held[i] = true;
        face.value[i] = Math.clamp(where, box.lower(i - from), box.upper(i - from));
    }

    @Override
    boolean clean(double[] point, double slack) {
        for (int i = from; i < to; i++) {
            double inside = Math.clamp(point[i], box.lower(i - from), box.upper(i - from));
            if (Math.abs(inside - point[i]) > slack) {
                return false;
            }
            point[i] = inside;
        }
        return true;
    }

    @Override
    void judge(double[] point, double[] gradient) {
        for (int i = from; i < to; i++) {
            double lower = box.lower(i - from);
            if (face.held[i]
                    ? face.value[i] == lower ? gradient[i] < 0 : gradient[i] > 0
                    : point[i] < lower || point[i] > box.upper(i - from)) {
                face.isWrong(2 * i);
            }
        }
    }

    @Override
    void exchange(int[] wrong, double[] point, double[] gradient) {
        for (int side : wrong) {
            int i = side / 2;
            if (face.held[i]) {
                face.held[i] = false;
            } else {
                hold(i, point[i]);
            }
        }
    }
}
