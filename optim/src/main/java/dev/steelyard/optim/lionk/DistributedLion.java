package dev.steelyard.optim.lionk;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distributed Lion: every worker keeps a momentum of its own and sends signs, the server sends back their majority or
 * their mean, and all move alike. With g the gradient of worker i,
 *
 * <pre>{@code
 * d_i = sign(beta1 m_i - (1 - beta1) g)          sent: about a bit an element
 * m_i = beta2 m_i - (1 - beta2) g
 * x   = x + eps (vote(d_1 .. d_n) - lambda x)
 * }</pre>
 *
 * <p>Here workers and server are in one process; what they would send is packed, counted and unpacked. With one worker
 * it is Lion.
 *
 * <p>B. Liu and others: Communication Efficient Distributed Training with Distributed Lion. NeurIPS 2024, arXiv
 * 2404.00438.
 */
public final class DistributedLion implements AutoCloseable {

    private static final String ROUNDS = "rounds";
    private static final String WORKERS = "workers";

    private final Map<String, Tensor> parameters;
    private final LionKOptions options;
    private final SignVote vote;
    private final List<Map<String, Tensor>> momenta = new ArrayList<>();
    private long rounds;

    /**
     * What a round sent.
     *
     * @param toServer bytes from all workers together
     * @param toWorkers bytes to all workers together
     */
    public record Traffic(long toServer, long toWorkers) {}

    /**
     * Workers that begin with momenta of zero.
     *
     * @param parameters shared by all, moved in place
     * @param options of Lion: the function must be {@link L1}
     * @param workers at least 1 and at most {@link SignMessage#LARGEST}
     * @throws IllegalArgumentException if an option is out of range
     */
    public DistributedLion(Map<String, Tensor> parameters, LionKOptions options, int workers, SignVote vote) {
        if (!(options.function() instanceof L1)) {
            throw new IllegalArgumentException(
                    "function must be L1, whose subgradient is a vector of signs, was " + options.function());
        }
        if (workers < 1 || workers > SignMessage.LARGEST) {
            throw new IllegalArgumentException(
                    "workers must be between 1 and " + SignMessage.LARGEST + ", was " + workers);
        }
        this.parameters = new LinkedHashMap<>(parameters);
        this.options = options;
        this.vote = vote;
        for (int worker = 0; worker < workers; worker++) {
            Map<String, Tensor> momentum = new LinkedHashMap<>();
            parameters.forEach((name, parameter) -> {
                DType type = options.momentumType().orElse(parameter.dtype());
                momentum.put(name, Tensor.zeros(type, parameter.shape()).keepForever());
            });
            momenta.add(momentum);
        }
    }

    /**
     * One round: every worker votes with its gradient, all move by the outcome.
     *
     * @param gradients for each worker the gradient of each parameter, on the CPU
     * @param learningRateFactor of a schedule, 1 without
     * @throws IllegalArgumentException if a worker or a gradient is missing or of another shape or type; nothing has
     *     moved
     * @throws NonFiniteGradientException if a gradient is not finite; nothing has moved
     */
    public Traffic round(List<Map<String, Tensor>> gradients, double learningRateFactor) {
        if (!(learningRateFactor >= 0) || Double.isInfinite(learningRateFactor)) {
            throw new IllegalArgumentException(
                    "learningRateFactor must be finite and at least 0, was " + learningRateFactor);
        }
        double rate = options.learningRate() * learningRateFactor;
        LionKOptions.requireNoOvershoot(options.form(), rate, options.weightDecay());
        requireSound(gradients);
        rounds++;
        long toServer = 0;
        long toWorkers = 0;
        try (NoGrad noGrad = NoGrad.open()) {
            for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
                try (Scope scope = Scope.open()) {
                    List<SignMessage> votes = new ArrayList<>();
                    for (int worker = 0; worker < momenta.size(); worker++) {
                        votes.add(vote(
                                momenta.get(worker).get(entry.getKey()),
                                gradients.get(worker).get(entry.getKey())));
                    }
                    SignMessage outcome = vote.count(votes);
                    toServer += votes.stream().mapToLong(SignMessage::size).sum();
                    toWorkers += (long) outcome.size() * momenta.size();
                    move(entry.getValue(), outcome, rate);
                }
            }
        }
        return new Traffic(toServer, toWorkers);
    }

    private void requireSound(List<Map<String, Tensor>> gradients) {
        if (gradients.size() != momenta.size()) {
            throw new IllegalArgumentException(
                    "there are " + momenta.size() + " workers, but gradients of " + gradients.size());
        }
        for (int worker = 0; worker < gradients.size(); worker++) {
            for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
                Tensor gradient = gradients.get(worker).get(parameter.getKey());
                if (gradient == null
                        || gradient.dtype() != parameter.getValue().dtype()
                        || !Arrays.equals(gradient.shape(), parameter.getValue().shape())) {
                    throw new IllegalArgumentException("worker " + worker + " must bring a gradient of '"
                            + parameter.getKey() + "' like " + parameter.getValue() + ", brought " + gradient);
                }
                if (!gradient.isFinite()) {
                    throw new NonFiniteGradientException(parameter.getKey() + "' of worker '" + worker, rounds + 1);
                }
            }
        }
    }

    private SignMessage vote(Tensor kept, Tensor gradient) {
        DType working = gradient.dtype().bytes() < 4 ? DType.FLOAT32 : gradient.dtype();
        Tensor momentum = kept.to(working);
        Tensor g = gradient.to(working);
        double[] signs = momentum.times(options.beta1())
                .addInPlace(g, options.beta1() - 1)
                .sign()
                .toDoubles();
        kept.copyInPlace(momentum.times(options.beta2()).addInPlace(g, options.beta2() - 1));
        return SignMessage.of(Arrays.stream(signs).mapToInt(sign -> (int) sign).toArray());
    }

    private void move(Tensor parameter, SignMessage outcome, double rate) {
        int divisor = vote.divisor(momenta.size());
        double[] direction = Arrays.stream(outcome.numbers())
                .mapToDouble(number -> (double) number / divisor)
                .toArray();
        LionK.move(parameter.detach(), Vectors.like(parameter, direction), rate, options);
    }

    /** A worker's momentum of a parameter, as a copy. */
    public Tensor momentum(int worker, String parameter) {
        return momenta.get(worker).get(parameter).copy();
    }

    /** Rounds done. */
    public long rounds() {
        return rounds;
    }

    /** Bytes of momenta, of all workers together; each holds its share. */
    public long stateBytes() {
        return momenta.stream()
                .flatMap(worker -> worker.values().stream())
                .mapToLong(momentum -> momentum.count() * momentum.dtype().bytes())
                .sum();
    }

    /** Everything needed to go on exactly: the momenta, as copies, by {@code <worker>/<parameter>}. */
    public StateDict state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int worker = 0; worker < momenta.size(); worker++) {
            String prefix = worker + "/";
            momenta.get(worker).forEach((name, momentum) -> tensors.put(prefix + name, momentum.copy()));
        }
        return new StateDict(tensors, Map.of(ROUNDS, Long.toString(rounds), WORKERS, Integer.toString(momenta.size())));
    }

    /**
     * Takes up a state made by {@link #state()} of as many workers over the same parameters.
     *
     * @throws IllegalArgumentException if it does not fit; the message names what differs, and nothing has changed
     */
    public void load(StateDict state) {
        long workers = state.count(WORKERS);
        if (workers != momenta.size()) {
            throw new IllegalArgumentException("the state is of " + workers + " workers, there are " + momenta.size());
        }
        long savedRounds = state.count(ROUNDS);
        for (int worker = 0; worker < momenta.size(); worker++) {
            String prefix = worker + "/";
            momenta.get(worker).forEach((name, momentum) -> {
                Tensor saved = state.tensor(prefix + name, momentum.shape());
                if (saved.dtype() != momentum.dtype()) {
                    throw new IllegalArgumentException("momentum '" + prefix + name + "' of the state is " + saved
                            + ", but it is kept as " + momentum.dtype());
                }
            });
        }
        int known = momenta.size() * parameters.size();
        if (state.tensors().size() != known) {
            throw new IllegalArgumentException("the state holds "
                    + state.tensors().size() + " momenta, of " + state.tensors().keySet() + "; there are " + known);
        }
        for (int worker = 0; worker < momenta.size(); worker++) {
            String prefix = worker + "/";
            momenta.get(worker)
                    .forEach((name, momentum) ->
                            momentum.copyInPlace(state.tensors().get(prefix + name)));
        }
        rounds = savedRounds;
    }

    /** Frees the momenta. */
    @Override
    public void close() {
        momenta.forEach(momentum -> momentum.values().forEach(Tensor::close));
    }
}
