package dev.steelyard.ranking.krank;

import java.util.List;

/**
 * What a match of teams tells of their members. A team's skill is the weighted sum S of its members' skills, Gaussian as they
 * are, and its noise the weighted sum of theirs; so the rule of single items gives the belief in S after the match. Given S a
 * member's skill is Gaussian too, with mean and variance linear in those of S: with the weight w and v the member's variance,
 *
 * <pre>
 *   mean + w v / V (M' - M),    v (1 - w^2 v / V (1 - V' / V))
 * </pre>
 *
 * where S was N(M, V) and is N(M', V'). Of two teams without draws this is exact, as the rules are.
 */
final class TeamUpdate {

    private final BallotUpdate update;
    private final double driftVariance;
    private final double noiseVariance;

    /** @param noise beta of each member's performance */
    TeamUpdate(UpdateRule rule, double noise) {
        // Members drift, not the team.
        if (rule instanceof ExpectationPropagation chain) {
            this.driftVariance = chain.dynamics() * chain.dynamics();
            this.update =
                    new ExpectationPropagation(0, chain.drawProbability(), chain.tolerance(), chain.sweeps()).update();
        } else {
            this.driftVariance = 0;
            this.update = rule.update();
        }
        this.noiseVariance = noise * noise;
    }

    /**
     * Changes the beliefs in place.
     *
     * @param mean of all members' skills, team by team
     * @param variance of all members' skills
     * @param rank of each team, 0 best
     */
    void apply(List<Team> teams, double[] mean, double[] variance, int[] rank) {
        int size = teams.size();
        double[] sum = new double[size];
        double[] sumVariance = new double[size];
        double[] sumNoise = new double[size];
        int at = 0;
        for (int team = 0; team < size; team++) {
            for (double weight : teams.get(team).weights()) {
                variance[at] += driftVariance;
                sum[team] += weight * mean[at];
                sumVariance[team] += weight * weight * variance[at];
                sumNoise[team] += weight * weight * noiseVariance;
                at++;
            }
        }
        double[] newSum = sum.clone();
        double[] newVariance = sumVariance.clone();
        update.apply(newSum, newVariance, sumNoise, rank, size);
        at = 0;
        for (int team = 0; team < size; team++) {
            double shift = (newSum[team] - sum[team]) / sumVariance[team];
            double lost = (1 - newVariance[team] / sumVariance[team]) / sumVariance[team];
            for (double weight : teams.get(team).weights()) {
                mean[at] += weight * variance[at] * shift;
                variance[at] *= 1 - weight * weight * variance[at] * lost;
                at++;
            }
        }
    }
}
