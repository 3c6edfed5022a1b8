package dev.steelyard.online.linearmdp;

import java.util.List;

/** What the study compares. */
enum MdpMethod {
    UNIFORM("uniform"),
    NO_BONUS("log barrier, no bonus"),
    DILATED_2021("dilated bonus 2021"),
    DILATED_2021_SMALL("dilated bonus 2021, gamma x .3"),
    LOG_BARRIER("log barrier"),
    LOG_BARRIER_THEORY("log barrier, constants of the theory"),
    MAGNITUDE_REDUCED("magnitude-reduced"),
    SIMULATOR_FREE("simulator-free"),
    LOG_BARRIER_FAST("log barrier, c = 10"),
    LOG_BARRIER_SLOW("log barrier, c = 1, beta and gamma larger"),
    MAGNITUDE_REDUCED_FAST("magnitude-reduced, c = 3"),
    SIMULATOR_FREE_LONG("simulator-free, W = 40");

    static final int EPOCH = 20;

    /** Other constants than those that are judged: how much hangs on them. */
    static final List<MdpMethod> OTHER_CONSTANTS =
            List.of(LOG_BARRIER_FAST, LOG_BARRIER_SLOW, MAGNITUDE_REDUCED_FAST, SIMULATOR_FREE_LONG);

    private final String title;

    MdpMethod(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static MdpMethod titled(String title) {
        for (MdpMethod method : values()) {
            if (method.title.equals(title)) {
                return method;
            }
        }
        throw new IllegalArgumentException("there is no method " + title);
    }

    /** Whether it does without a model. */
    boolean isFree() {
        return this == SIMULATOR_FREE || this == SIMULATOR_FREE_LONG;
    }

    /** All with the exact covariance and the exact bonus, so that only regulariser, estimator and constants differ. */
    TabularLearner learner(LinearMdp mdp, int episodes, long seed) {
        if (isFree()) {
            int epoch = this == SIMULATOR_FREE_LONG ? 2 * EPOCH : EPOCH;
            return new SimulatorFreeLearner(mdp, SimulatorFreeOptions.of(mdp, episodes, epoch), seed);
        }
        LinearMdpOptions options =
                switch (this) {
                    case NO_BONUS ->
                        LinearMdpOptionsBuilder.builder(LinearMdpOptions.logBarrier(mdp, episodes, 3))
                                .bonusScale(0)
                                .build();
                    case DILATED_2021 -> exact(LinearMdpOptions.dilated2021(mdp, episodes, 1));
                    case DILATED_2021_SMALL -> exact(LinearMdpOptions.dilated2021(mdp, episodes, .3));
                    case LOG_BARRIER -> LinearMdpOptions.logBarrier(mdp, episodes, 3);
                    case LOG_BARRIER_THEORY -> LinearMdpOptions.logBarrierByTheory(mdp, episodes, 1);
                    case MAGNITUDE_REDUCED -> LinearMdpOptions.magnitudeReduced(mdp, episodes, 1);
                    case LOG_BARRIER_FAST -> LinearMdpOptions.logBarrier(mdp, episodes, 10);
                    case LOG_BARRIER_SLOW -> slow(LinearMdpOptions.logBarrier(mdp, episodes, 1), mdp);
                    case MAGNITUDE_REDUCED_FAST -> LinearMdpOptions.magnitudeReduced(mdp, episodes, 3);
                    case UNIFORM, SIMULATOR_FREE, SIMULATOR_FREE_LONG ->
                        throw new IllegalStateException(title + " has other options");
                };
        return new AdversarialMdpLearner(mdp, mdp.model(), options, seed);
    }

    /** beta = .1 eta H^2 and gamma = .1 eta^2 H^2. */
    private static LinearMdpOptions slow(LinearMdpOptions options, LinearMdp mdp) {
        double eta = options.learningRate();
        double squared = (double) mdp.horizon() * mdp.horizon();
        return LinearMdpOptionsBuilder.builder(options)
                .bonusScale(.1 * eta * squared)
                .regularisation(.1 * eta * eta * squared)
                .build();
    }

    private static LinearMdpOptions exact(LinearMdpOptions options) {
        return LinearMdpOptionsBuilder.builder(options)
                .inverse(LinearMdpOptions.Inverse.REGULARISED)
                .build();
    }
}
