package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A batch that was decided, with what its outcomes and objections will need. */
final class Round {

    private static final String NAME = "round";

    final double[][] batch;
    final FairEngine.Play play;
    final int[] labels;
    final List<Objection> objections = new ArrayList<>();
    boolean violated;

    Round(double[][] batch, FairEngine.Play play) {
        this.batch = batch;
        this.play = play;
        this.labels = new int[batch.length];
        Arrays.fill(labels, BatchOutcome.UNSEEN);
    }

    boolean accepted(int instance) {
        return play.accepted()[instance];
    }

    /** How many auditors object to the pair. */
    long objectors(OrderedPair pair) {
        return objections.stream()
                .filter(objection -> objection.pair().equals(pair))
                .count();
    }

    State state() {
        return State.of(NAME)
                .put("batch", batch)
                .put("probabilities", play.probabilities())
                .put(
                        "accepted",
                        IntStream.range(0, batch.length)
                                .map(i -> accepted(i) ? 1 : 0)
                                .toArray())
                .put("inverseOne", play.inverseOne())
                .put("inverseZero", play.inverseZero())
                .put("drawn", play.drawn())
                .put("propensity", play.propensity())
                .put("labels", labels)
                .put(
                        "objections",
                        objections.stream()
                                .flatMapToInt(o -> IntStream.of(
                                        o.pair().favoured(), o.pair().other(), o.auditor()))
                                .toArray())
                .put("violated", violated);
    }

    static Round from(State saved) {
        double[][] batch = saved.require(NAME).matrix("batch");
        int k = batch.length;
        long[] decisions = saved.integers("accepted", k);
        boolean[] accepted = new boolean[k];
        for (int i = 0; i < k; i++) {
            accepted[i] = decisions[i] == 1;
        }
        Round round = new Round(
                batch,
                new FairEngine.Play(
                        saved.doubles("probabilities", k),
                        accepted,
                        saved.doubles("inverseOne", k),
                        saved.doubles("inverseZero", k),
                        Arrays.stream(saved.integers("drawn", k))
                                .mapToInt(Math::toIntExact)
                                .toArray(),
                        saved.number("propensity")));
        long[] labels = saved.integers("labels", k);
        for (int i = 0; i < k; i++) {
            round.labels[i] = (int) labels[i];
        }
        long[] objections = saved.integers("objections");
        for (int i = 0; i + 2 < objections.length; i += 3) {
            round.objections.add(new Objection(
                    new OrderedPair((int) objections[i], (int) objections[i + 1]), (int) objections[i + 2]));
        }
        round.violated = saved.flag("violated");
        return round;
    }
}
