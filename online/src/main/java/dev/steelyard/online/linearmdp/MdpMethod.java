package dev.steelyard.online.linearmdp;

/** What the study compares. */
enum MdpMethod {
    UNIFORM("uniform"),
    NO_BONUS("log barrier, no bonus"),
    DILATED_2021("dilated bonus 2021"),
    DILATED_2021_SMALL("dilated bonus 2021, gamma x .3"),
    LOG_BARRIER("log barrier"),
    LOG_BARRIER_THEORY("log barrier, constants of the theory"),
    MAGNITUDE_REDUCED("magnitude-reduced"),
    SIMULATOR_FREE("simulator-free");

    static final int EPOCH = 20;

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

    /** All with the exact covariance and the exact bonus, so that only regulariser, estimator and constants differ. */
    TabularLearner learner(LinearMdp mdp, int episodes, long seed) {
        if (this == SIMULATOR_FREE) {
            return new SimulatorFreeLearner(mdp, SimulatorFreeOptions.of(mdp, episodes, EPOCH), seed);
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
                    case UNIFORM, SIMULATOR_FREE -> throw new IllegalStateException(title + " has other options");
                };
        return new AdversarialMdpLearner(mdp, mdp.model(), options, seed);
    }

    private static LinearMdpOptions exact(LinearMdpOptions options) {
        return LinearMdpOptionsBuilder.builder(options)
                .inverse(LinearMdpOptions.Inverse.REGULARISED)
                .build();
    }
}
