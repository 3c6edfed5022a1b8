package dev.steelyard.optim.adamp;

/** The inner products of weight, gradient and update that a projection needs, row by row. */
final class RowProducts {

    private final Projection projection;
    private final long rowLength;
    private final double[] gradientWeight;
    private final double[] gradient;
    private final double[] weight;
    private final double[] weightUpdate;

    RowProducts(Projection projection, int rows, long rowLength) {
        this.projection = projection;
        this.rowLength = rowLength;
        gradientWeight = new double[rows];
        gradient = new double[rows];
        weight = new double[rows];
        weightUpdate = new double[rows];
    }

    /** Takes in a part of a row; parts of one row come from one thread. */
    void add(int row, double partGradientWeight, double partGradient, double partWeight, double partWeightUpdate) {
        gradientWeight[row] += partGradientWeight;
        gradient[row] += partGradient;
        weight[row] += partWeight;
        weightUpdate[row] += partWeightUpdate;
    }

    /** The first view whose rows all stand at right angles to the gradient; all rows must have been taken in. */
    View view() {
        double largestCosine = 0;
        for (int row = 0; row < weight.length; row++) {
            largestCosine = Math.max(largestCosine, cosine(gradientWeight[row], gradient[row], weight[row]));
        }
        if (largestCosine < projection.threshold(rowLength)) {
            return View.CHANNEL;
        }
        double cosine = cosine(sum(gradientWeight), sum(gradient), sum(weight));
        return cosine < projection.threshold(rowLength * weight.length) ? View.LAYER : View.NONE;
    }

    /** What is to be taken off along the weights under a view, in units of the weights: {@code <w, p> / (|w| + eps)^2}. */
    Direction.Along along(View view) {
        if (view == View.CHANNEL) {
            return row -> factor(weightUpdate[row], weight[row]);
        }
        double same = view == View.LAYER ? factor(sum(weightUpdate), sum(weight)) : 0;
        return row -> same;
    }

    private double cosine(double product, double first, double second) {
        return Math.abs(product) / Math.max(Math.sqrt(first) * Math.sqrt(second), projection.eps());
    }

    private double factor(double product, double squares) {
        double length = Math.sqrt(squares) + projection.eps();
        return product / (length * length);
    }

    private static double sum(double[] rows) {
        double sum = 0;
        for (double row : rows) {
            sum += row;
        }
        return sum;
    }
}
