package dev.steelyard.core.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final Map<Domain, List<String>> PLAN = Map.of(
            Domain.OPTIM, List.of("frugal", "adamp", "lion-k", "bo-rep", "halpern-vr", "econtrol", "stable-rps"),
            Domain.FEDERATED, List.of("fedau", "stale-inversion", "fed-momentum", "fedfix", "fedamd", "taps"),
            Domain.ALIGNMENT,
                    List.of(
                            "dpo-ppo",
                            "ranking-accuracy",
                            "srpo",
                            "simpo",
                            "apo",
                            "dpa",
                            "constrained-rlhf",
                            "themis",
                            "r3",
                            "cfg-distill"),
            Domain.REASONING, List.of("per-step-dpo", "pav", "mrt", "mcts-dpo"),
            Domain.ONLINE,
                    List.of("wtb", "streaming-mab", "oomd-sea", "groupwise-regret", "one-sided-fair", "linear-mdp"),
            Domain.RANKING, List.of("krank", "dla", "fair-subset"),
            Domain.FAIRNESS, List.of("aranyani", "fair-ttts", "feamoe", "presto"),
            Domain.CONTROL, List.of("ailboost", "vagram", "a2pr"),
            Domain.TRANSFER, List.of("breadcrumbs", "weight-matching", "ibcl", "pareto-da"),
            Domain.ESTIMATION,
                    List.of("ais-cv", "pate", "quantile-aggregation", "genjax-vi", "tcm", "matrix-completion"));

    @Test
    void holdsThePlannedPapersByDomain() {
        Map<Domain, List<String>> held = Catalogue.standard().papers().stream()
                .collect(Collectors.groupingBy(Paper::domain, Collectors.mapping(Paper::slug, Collectors.toList())));
        assertThat(held).isEqualTo(PLAN);
        assertThat(Catalogue.standard().papers()).hasSize(53);
    }

    @Test
    void everyPaperSaysWhatItIs() {
        assertThat(Catalogue.standard().papers()).allSatisfy(paper -> {
            assertThat(paper.title()).isNotBlank();
            assertThat(paper.method()).isNotBlank();
            assertThat(paper.summary()).isNotBlank();
            assertThat(paper.venue()).isNotBlank();
            assertThat(paper.authors()).isNotEmpty();
        });
    }

    @Test
    void anUnknownSlugNamesThoseThatSoundAlike() {
        assertThatThrownBy(() -> Catalogue.standard().paper("frugl"))
                .hasMessageContaining("'frugl'")
                .hasMessageContaining("frugal")
                .hasMessageContaining("steelyard methods");
    }
}
