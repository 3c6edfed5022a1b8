package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import java.util.Optional;
import java.util.Set;

/**
 * One king with a budget that grows with each arm it survives; beside it, a sampled side stream whose best arm is kept in
 * case the king's pulls run out. Without the true gap, which the published code reads.
 */
public final class GameOfArms implements Exploration {

    private static final String NAME = "game-of-arms";
    private static final double FIRST_BUDGET = 1.2;
    private static final double MOST_PULLS = 10;
    private static final double SIDE_SHARE = 1.5;
    private static final double DEFENCE = 5;

    private StreamScale scale;
    private final boolean sideStream;
    private final RestorableRandom random;
    private King king;
    private King side;
    private double budget;
    private double used;
    private int round;
    private Step step = Step.FIRST;

    /** What the batch that is out is for. */
    private enum Step {
        FIRST,
        FIRST_SIDE,
        CHALLENGE,
        CROWN,
        SIDE
    }

    /**
     * @param sideStream whether arms are sampled for the side king; true in the paper
     * @param seed of the sampling
     */
    public GameOfArms(StreamScale scale, boolean sideStream, long seed) {
        this.scale = scale;
        this.sideStream = sideStream;
        this.random = new RestorableRandom(seed);
    }

    private double firstBudget() {
        return FIRST_BUDGET * scale.unit();
    }

    private double cap() {
        return MOST_PULLS * scale.arms() * scale.unit();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Batch> offer(String arm) {
        if (king == null) {
            step = Step.FIRST;
            return Optional.of(Batch.of(arm, 0, firstBudget()));
        }
        if (used <= cap()) {
            budget += scale.unit();
            round = 0;
            return Optional.of(challenge(arm));
        }
        return side(arm);
    }

    private Batch challenge(String arm) {
        double pulls = Math.scalb(scale.unit(), round);
        if (budget < pulls) {
            step = Step.CROWN;
            return Batch.of(arm, round, firstBudget());
        }
        step = Step.CHALLENGE;
        return Batch.of(arm, round, pulls);
    }

    /** The probability with which an arm is sampled for the side king, 1.5/ln K but at most 1; for logs. */
    public double sideShare() {
        return scale.arms() <= 1 ? 1 : Math.min(1, SIDE_SHARE / scale.logArms());
    }

    private Optional<Batch> side(String arm) {
        if (!sideStream || random.nextDouble() >= sideShare()) {
            return Optional.empty();
        }
        step = Step.SIDE;
        return Optional.of(Batch.drawn(arm, 0, scale.logArms() * scale.unit(), sideShare()));
    }

    @Override
    public Optional<Batch> completed(Batch batch, double mean) {
        return switch (step) {
            case FIRST -> {
                king = new King(batch.arm(), mean);
                budget = firstBudget();
                step = Step.FIRST_SIDE;
                yield sideStream
                        ? Optional.of(Batch.of(batch.arm(), 0, scale.logArms() * scale.unit()))
                        : Optional.empty();
            }
            case FIRST_SIDE -> {
                side = new King(batch.arm(), mean);
                yield Optional.empty();
            }
            case CHALLENGE -> {
                double pulls = Math.scalb(scale.unit(), round);
                used += pulls;
                budget -= pulls;
                if (king.mean() - scale.accuracy() / DEFENCE >= mean) {
                    yield side(batch.arm());
                }
                round++;
                yield Optional.of(challenge(batch.arm()));
            }
            case CROWN -> {
                king = new King(batch.arm(), mean);
                budget = firstBudget();
                used += firstBudget();
                yield side(batch.arm());
            }
            case SIDE -> {
                if (mean > side.mean()) {
                    side = new King(batch.arm(), mean);
                }
                yield Optional.empty();
            }
        };
    }

    @Override
    public Optional<String> best() {
        return Optional.ofNullable(chosen()).map(King::arm);
    }

    private King chosen() {
        return used <= cap() || side == null ? king : side;
    }

    @Override
    public double bestMean() {
        return chosen() == null ? Double.NaN : chosen().mean();
    }

    @Override
    public Set<String> kept() {
        return King.arms(king, side);
    }

    @Override
    public void rescale(StreamScale rescaled) {
        scale = rescaled;
    }

    @Override
    public int stored() {
        return (king == null ? 0 : 1) + (side == null ? 0 : 1);
    }

    @Override
    public int capacity() {
        return 2;
    }

    @Override
    public State state() {
        State state = State.of(NAME)
                .put("random", random.state())
                .put("budget", budget)
                .put("used", used)
                .put("round", round)
                .put("step", step.name());
        King.put(state, "king", king);
        King.put(state, "side", side);
        return state;
    }

    @Override
    public Runnable load(State saved) {
        double savedBudget = saved.require(NAME).number("budget");
        double savedUsed = saved.number("used");
        int savedRound = saved.smallInteger("round");
        Step savedStep = Step.valueOf(saved.text("step"));
        King savedKing = King.get(saved, "king");
        King savedSide = King.get(saved, "side");
        State savedRandom = saved.state("random");
        return () -> {
            random.restore(savedRandom);
            budget = savedBudget;
            used = savedUsed;
            round = savedRound;
            step = savedStep;
            king = savedKing;
            side = savedSide;
        };
    }
}
