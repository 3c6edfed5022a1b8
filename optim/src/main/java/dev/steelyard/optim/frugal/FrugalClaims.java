package dev.steelyard.optim.frugal;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** What FRUGAL's paper says, as criteria that were written before the runs. */
final class FrugalClaims {

    static final List<Contender> VARIANTS =
            List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD, Contender.NO_STATE);

    /** Margins of the small reproduction, in nats a character; see the class comment of {@link CharacterTrials}. */
    private static final double BEYOND_GALORE = 0.02;

    private static final double BEYOND_BADAM = 0.06;
    private static final double BEHIND_ADAMW = 0.03;
    private static final double SPREAD_OF_SUBSPACES = 0.1;

    /** Four runs of five are more. */
    private static final double MOST_RUNS = 0.75;

    /** How many points of accuracy less still match. */
    private static final double MATCHES = 0.5;

    /** How many points of accuracy there must be to win. */
    private static final double ROOM = 1;

    static final Claim EQUAL_MEMORY = equalMemory();
    static final Claim NO_STATE = Claim.of(
                    "no-state", "Even without any state on the linear layers FRUGAL beats GaLore and BAdam")
            .figure("perplexity at 60M/130M/350M: FRUGAL without state 24.06/18.90/15.03, BAdam 24.86/20.34/16.41, "
                    + "GaLore 25.68/21.11/16.88")
            .above("galore", "loss of GaLore minus loss without state (nats a character)", BEYOND_GALORE)
            .above("badam", "loss of BAdam minus loss without state (nats a character)", BEYOND_BADAM);
    static final Claim NEAR_ADAMW = nearAdamW();
    static final Claim FULL_RANK = Claim.of(
                    "full-rank", "Which subspace has state matters little; that the rest moves too matters much")
            .figure("130M: subspaces within 0.2 to 0.5 perplexity")
            .below("spread", "largest minus smallest loss among blocks, columns and SVD (nats)", SPREAD_OF_SUBSPACES)
            .above("svd", "loss of GaLore minus loss of FRUGAL SVD (nats)", BEYOND_GALORE)
            .above("blocks", "loss of BAdam minus loss of FRUGAL blocks (nats)", BEYOND_BADAM);
    static final Claim OVERLAP = Claim.of("overlap", "The leading directions of gradients overlap heavily over time")
            .figure("a figure of principal angles")
            .above(
                    "overlap",
                    "mean squared cosine between the directions of two refreshes, minus that of random ones",
                    0.05);
    static final Claim REAL_TEXT = Claim.of(
                    "real-text", "On English text too FRUGAL beats GaLore and BAdam at equal memory")
            .figure("C4, 130M: 18.60 against 21.11 and 20.34 perplexity")
            .above("galore", "loss of GaLore minus loss of FRUGAL blocks (nats a token)", 0)
            .above("badam", "loss of BAdam minus loss of FRUGAL blocks (nats a token)", 0)
            .above("columns-galore", "loss of GaLore minus loss of FRUGAL columns (nats a token)", 0)
            .above("svd-galore", "loss of GaLore minus loss of FRUGAL SVD (nats a token)", 0);
    static final Claim FINE_TUNING = Claim.of(
                    "fine-tuning",
                    "In fine-tuning FRUGAL matches LoRA and GaLore at the same state, even without state")
            .figure("GLUE with RoBERTa-base: about LoRA of rank 8, even without state")
            .above("columns-lora", "accuracy of FRUGAL columns minus that of LoRA (points)", -MATCHES)
            .above("columns-galore", "accuracy of FRUGAL columns minus that of GaLore (points)", -MATCHES)
            .above("no-state-lora", "accuracy of FRUGAL without state minus that of LoRA (points)", -MATCHES)
            .above(
                    "room",
                    "accuracy with all weights trained minus that with the head alone (points): the task can tell",
                    ROOM);

    private static Claim equalMemory() {
        Claim claim = Claim.of("equal-memory", "FRUGAL beats GaLore and BAdam at equal memory")
                .figure("perplexity at 60M/130M/350M/1B: FRUGAL 23.59/18.60/14.79/12.32, BAdam "
                        + "24.86/20.34/16.41/13.75, GaLore 25.68/21.11/16.88/13.69");
        for (Contender variant : List.of(Contender.BLOCKS, Contender.COLUMNS, Contender.SVD)) {
            claim = claim.above(
                            variant + "-galore",
                            "loss of GaLore minus loss of " + variant.title() + " (nats a character)",
                            BEYOND_GALORE)
                    .above(
                            variant + "-badam",
                            "loss of BAdam minus loss of " + variant.title() + " (nats a character)",
                            BEYOND_BADAM);
        }
        return claim.above(
                "order",
                "share of the runs in which FRUGAL blocks lies below GaLore and GaLore below BAdam",
                MOST_RUNS);
    }

    private static Claim nearAdamW() {
        Claim claim = Claim.of("near-adamw", "FRUGAL comes near AdamW with a quarter of its state or none")
                .figure("perplexity at 130M: AdamW 18.13, FRUGAL 18.60, without state 18.90");
        for (Contender variant : VARIANTS) {
            claim = claim.below(
                    variant.name(),
                    "loss of " + variant.title() + " minus loss of AdamW (nats a character)",
                    BEHIND_ADAMW);
        }
        return claim;
    }

    private FrugalClaims() {}

    static List<Claim> all() {
        return List.of(EQUAL_MEMORY, NO_STATE, NEAR_ADAMW, FULL_RANK, OVERLAP, REAL_TEXT, FINE_TUNING);
    }
}
