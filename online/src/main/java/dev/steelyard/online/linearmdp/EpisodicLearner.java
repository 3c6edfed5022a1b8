package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.core.study.Seeds;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import dev.steelyard.online.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the learners of this package have in common: one decision per layer, one loss per decision; an episode is learnt
 * from when all its losses have come, and dropped when one is given up. Losses may come late: an episode keeps the policy
 * that it was begun with.
 */
public abstract class EpisodicLearner implements OnlineLearner<MdpState, Integer, Double>, Policy<MdpState, Integer> {

    private final String name;
    final LayeredMdp mdp;
    /** Draws actions. */
    final RestorableRandom random;

    /** Draws simulations and whether an episode explores, so that neither moves the other. */
    final RestorableRandom planning;

    private PendingDecisions<Step> pending = new PendingDecisions<>();
    private Map<Long, Episode> open = new LinkedHashMap<>();
    private long begun;

    private record Step(long episode, int layer) {}

    EpisodicLearner(String name, LayeredMdp mdp, long seed) {
        this.name = name;
        this.mdp = mdp;
        this.random = new RestorableRandom(seed);
        this.planning = new RestorableRandom(Seeds.root(seed).child("planning").value());
    }

    /** Begins an episode: fixes its policy. */
    abstract Episode begin(long number);

    /** All steps of an episode were decided; its losses may still be due. */
    void executed(Episode episode) {}

    /** Learns from an episode whose losses have all come. */
    abstract void learn(Episode episode);

    /** An episode will never be learnt from. */
    void drop(Episode episode) {}

    abstract void save(State state);

    /** Reads all that {@link #save} wrote and gives what puts it in place. */
    abstract Runnable load(State state);

    /** The probabilities of the actions in a state, as an episode that was begun draws them. */
    abstract double[] probabilities(Episode episode, int layer, int state);

    /**
     * The probabilities of the actions in a state, in an episode that would begin now and not explore.
     *
     * @throws IllegalArgumentException if there is no such state
     */
    public abstract double[] policy(MdpState state);

    @Override
    public final String name() {
        return name;
    }

    /** How many episodes were begun. */
    public final long episodes() {
        return begun;
    }

    /**
     * Decides a step. Layer 0 begins an episode; the layers of an episode come in order. An episode of which a loss was
     * given up may be broken off by beginning the next.
     *
     * @throws IllegalArgumentException if the layer is not the next one or the state is not of the layer
     */
    @Override
    public final Decision<Integer> decide(MdpState state) {
        Episode running = running();
        int expected = running == null ? 0 : running.decided;
        if (state.layer() == 0 && running != null && running.dropped) {
            expected = 0;
        }
        if (state.layer() != expected) {
            throw new IllegalArgumentException("episode " + Math.max(0, begun - 1) + " is at layer " + expected + " of "
                    + mdp.horizon() + ", but the state is of layer " + state.layer()
                    + "; an episode takes one step in each layer");
        }
        requireState(state);
        Episode episode = running;
        if (state.layer() == 0) {
            if (running != null) {
                running.abandoned = true;
                finishIfSettled(running);
            }
            episode = begin(begun);
            open.put(begun, episode);
            begun++;
        }
        double[] probabilities = probabilities(episode, state.layer(), state.state());
        int action = Draws.from(probabilities, random);
        episode.states[state.layer()] = state.state();
        episode.actions[state.layer()] = action;
        episode.decided++;
        long id = pending.open(new Step(episode.number, state.layer()));
        if (episode.isExecuted()) {
            executed(episode);
        }
        return new Decision<>(id, action, probabilities[action]);
    }

    final void requireState(MdpState state) {
        if (state.layer() < 0 || state.layer() >= mdp.horizon()) {
            throw new IllegalArgumentException(
                    "there is no layer " + state.layer() + "; there are " + mdp.horizon() + ", counted from 0");
        }
        if (state.state() < 0 || state.state() >= mdp.states(state.layer())) {
            throw new IllegalArgumentException("layer " + state.layer() + " has no state " + state.state() + "; it has "
                    + mdp.states(state.layer()) + ", counted from 0");
        }
    }

    /**
     * Learns a whole episode that was played elsewhere by {@link #policy(MdpState)} as it stands now.
     *
     * @throws IllegalStateException if an episode runs
     * @throws IllegalArgumentException if the trajectory has another length than H, a state or action that there is not,
     *     or an action that the policy would never take; nothing is changed then
     */
    final void learnWhole(Trajectory trajectory) {
        if (running() != null) {
            throw new IllegalStateException(
                    "an episode runs, begun by a decision; a whole one can be learnt only between episodes");
        }
        String place = "trajectory of episode " + trajectory.episode();
        if (trajectory.steps().size() != mdp.horizon()) {
            throw new IllegalArgumentException(
                    place + " has " + trajectory.steps().size() + " steps where an episode has " + mdp.horizon());
        }
        for (int h = 0; h < mdp.horizon(); h++) {
            Trajectory.Step step = trajectory.steps().get(h);
            requireState(new MdpState(h, step.state()));
            if (step.action() < 0 || step.action() >= mdp.actions()) {
                throw new IllegalArgumentException(place + ", step " + h + ": there is no action " + step.action()
                        + "; there are " + mdp.actions() + ", counted from 0");
            }
            if (!(policy(new MdpState(h, step.state()))[step.action()] > 0)) {
                throw new IllegalArgumentException(place + ", step " + h + ": the policy takes action " + step.action()
                        + " with probability 0; the trajectory is another policy's");
            }
        }
        Episode episode = begin(begun);
        open.put(begun, episode);
        begun++;
        for (int h = 0; h < mdp.horizon(); h++) {
            Trajectory.Step step = trajectory.steps().get(h);
            episode.states[h] = step.state();
            episode.actions[h] = step.action();
            episode.losses[h] = step.loss();
        }
        episode.decided = mdp.horizon();
        episode.settled = mdp.horizon();
        executed(episode);
        finishIfSettled(episode);
    }

    /** The episode that has steps to come, or null. */
    final Episode running() {
        Episode last = begun == 0 ? null : open.get(begun - 1);
        return last == null || last.isExecuted() ? null : last;
    }

    @Override
    public final void feedback(long decision, Double loss) {
        Step step = pending.get(decision);
        if (loss == null) {
            throw new InvalidOutcomeException("the loss of decision " + decision + " is missing");
        }
        InvalidOutcomeException.requireUnitLoss(decision, loss);
        pending.close(decision);
        Episode episode = open.get(step.episode());
        episode.losses[step.layer()] = loss;
        settle(episode);
    }

    /** Gives up a step's loss, and with it what the episode would have taught. */
    @Override
    public final void expire(long decision) {
        Episode episode = open.get(pending.close(decision).episode());
        episode.dropped = true;
        settle(episode);
    }

    private void settle(Episode episode) {
        episode.settled++;
        finishIfSettled(episode);
    }

    private void finishIfSettled(Episode episode) {
        if (episode.isSettled()) {
            open.remove(episode.number);
            if (episode.dropped) {
                drop(episode);
            } else {
                learn(episode);
            }
        }
    }

    @Override
    public final int pending() {
        return pending.size();
    }

    /**
     * The probability of an action in an episode that would begin now and not explore.
     *
     * @throws IllegalArgumentException if there is no such state or action
     */
    @Override
    public final double probability(MdpState state, Integer action) {
        if (action < 0 || action >= mdp.actions()) {
            throw new IllegalArgumentException(
                    "there is no action " + action + "; there are " + mdp.actions() + ", counted from 0");
        }
        return policy(state)[action];
    }

    @Override
    public final State snapshot() {
        State state = State.of(name)
                .put("begun", begun)
                .put("random", random.state())
                .put("planning", planning.state())
                .put("open", open.values().stream().map(Episode::state).toList())
                .put("pending", pending.state(step -> State.of("step")
                        .put("episode", step.episode())
                        .put("layer", step.layer())));
        save(state);
        return state;
    }

    @Override
    public final void restore(State snapshot) {
        long savedBegun = snapshot.require(name).integer("begun");
        List<Episode> episodes = new ArrayList<>(snapshot.states("open", Episode::from));
        if (episodes.stream().anyMatch(episode -> episode.policy.length != mdp.horizon())) {
            throw new StateException("the saved state of '" + name + "' has another horizon than " + mdp.horizon());
        }
        PendingDecisions<Step> savedPending = PendingDecisions.from(
                snapshot.state("pending"), step -> new Step(step.integer("episode"), step.smallInteger("layer")));
        Runnable rest = load(snapshot);
        State savedPlanning = snapshot.state("planning");
        random.restore(snapshot.state("random"));
        planning.restore(savedPlanning);
        begun = savedBegun;
        open = new LinkedHashMap<>();
        episodes.forEach(episode -> open.put(episode.number, episode));
        pending = savedPending;
        rest.run();
    }
}
