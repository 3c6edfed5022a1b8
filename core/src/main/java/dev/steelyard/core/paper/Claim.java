package dev.steelyard.core.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * One sentence of a paper that can fail.
 *
 * <pre>{@code
 * Claim.of("beats-galore", "FRUGAL beats GaLore and BAdam at equal memory")
 *         .figure("perplexity at 130M: 18.60 against 21.11 and 20.34")
 *         .above("galore", "loss of GaLore minus loss of FRUGAL (nats)", 0.0)
 *         .above("badam", "loss of BAdam minus loss of FRUGAL (nats)", 0.0)
 * }</pre>
 *
 * @param id name within the study
 * @param sentence the claim in words
 * @param figure the paper's own figure, empty when the paper gives none
 * @param criteria what must hold for the claim to hold, all of them
 */
public record Claim(String id, String sentence, String figure, List<Criterion> criteria) {

    public Claim {
        criteria = List.copyOf(criteria);
        if (criteria.stream().map(Criterion::id).distinct().count() != criteria.size()) {
            throw new IllegalArgumentException("claim '" + id + "' names a criterion twice");
        }
    }

    /** A claim without criteria yet; add them with {@link #above} and {@link #below}. */
    public static Claim of(String id, String sentence) {
        return new Claim(id, sentence, "", List.of());
    }

    /** The same claim with the paper's own figure. */
    public Claim figure(String paperFigure) {
        return new Claim(id, sentence, paperFigure, criteria);
    }

    /** The same claim, which further needs {@code quantity > bound}. */
    public Claim above(String criterion, String quantity, double bound) {
        return with(new Criterion(criterion, quantity, Relation.ABOVE, bound));
    }

    /** The same claim, which further needs {@code quantity < bound}. */
    public Claim below(String criterion, String quantity, double bound) {
        return with(new Criterion(criterion, quantity, Relation.BELOW, bound));
    }

    private Claim with(Criterion criterion) {
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(criterion);
        return new Claim(id, sentence, figure, more);
    }
}
