package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/**
 * The paper's network with its option of earlier clicks: the one-hot place and the clicks above it through two layers of
 * ELU, so that a look may depend on where the user clicked before.
 *
 * <p>A caution, as measured on simulated user browsing with known relevance: it lowers the examination loss, but how
 * likely a look is after a click comes out too small, further from the truth than without earlier clicks.
 */
final class BrowsingPropensity implements PropensityModel {

    private static final String NAME = "browsing propensity";
    private static final long FIRST_WEIGHTS = 1;
    /** The code's layers are (grades + places + 1) / 2 and / 4 wide, with five grades. */
    private static final int GRADES = 5;

    private final int places;
    private final MultilayerPerceptron network;
    private final ScorerBatch batch;
    private final GradientSteps steps;
    private double[][] inputs = {};

    BrowsingPropensity(DualOptions options) {
        this.places = options.positions();
        int width = GRADES + places + 1;
        this.network = MultilayerPerceptron.ofLogits(FIRST_WEIGHTS, 2 * places, width / 2, width / 4, 1);
        this.batch = new ScorerBatch(network);
        this.steps = options.propensitySteps(network.parameters().length);
    }

    @Override
    public void logits(ListBatch lists, double[] into) {
        if (inputs.length < lists.documents()) {
            // Twice as many, so that batches that differ a little do not make new ones each time.
            inputs = new double[2 * lists.documents()][2 * places];
        }
        for (int b = 0; b < lists.lists(); b++) {
            int from = lists.from(b);
            for (int k = from; k < lists.from(b + 1); k++) {
                fill(inputs[k], lists.clicks(), from, k - from);
            }
        }
        batch.forward(inputs, lists.documents(), into);
    }

    private void fill(double[] input, double[] clicks, int from, int place) {
        Arrays.fill(input, 0);
        input[place] = 1;
        System.arraycopy(clicks, from, input, places, place);
    }

    @Override
    public void step(ListBatch lists, double[] gradient) {
        steps.step(network.parameters(), batch.gradient(gradient));
    }

    @Override
    public double[] logits(boolean[] clicks) {
        double[] clicked = new double[places];
        double[][] rows = new double[places][2 * places];
        for (int k = 0; k < places; k++) {
            clicked[k] = k < clicks.length && clicks[k] ? 1 : 0;
            fill(rows[k], clicked, 0, k);
        }
        return network.scores(rows);
    }

    @Override
    public void restartRates() {
        steps.restart();
    }

    @Override
    public State state() {
        return State.of(NAME).put("network", network.state()).put("steps", steps.state());
    }

    @Override
    public Runnable load(State saved) {
        Runnable savedNetwork = network.load(saved.require(NAME).state("network"));
        Runnable savedSteps = steps.load(saved.state("steps"));
        return () -> {
            savedNetwork.run();
            savedSteps.run();
        };
    }
}
