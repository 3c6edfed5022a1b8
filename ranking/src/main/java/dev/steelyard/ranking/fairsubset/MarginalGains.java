package dev.steelyard.ranking.fairsubset;

/** A committee that grows, with what each further item would add. */
final class MarginalGains {

    private final RankingProfile profile;
    private final ScoreFunction function;
    private final double[] weights;
    private final double[] factors;
    /** Per voter the members' weights, decreasing. */
    private final double[][] members;

    private int size;

    MarginalGains(RankingProfile profile, ScoreFunction function, int most) {
        this.profile = profile;
        this.function = function;
        this.weights = function.weights(profile.items());
        this.members = new double[profile.voters()][most];
        this.factors = function.factors(most);
    }

    MarginalGains copy() {
        MarginalGains copy = new MarginalGains(profile, function, factors.length);
        copy.size = size;
        for (int v = 0; v < members.length; v++) {
            System.arraycopy(members[v], 0, copy.members[v], 0, size);
        }
        return copy;
    }

    /** What an item that is no member would add. */
    double gain(int item) {
        double gain = 0;
        for (int v = 0; v < members.length; v++) {
            double weight = weights[profile.rank(v, item)];
            int t = size;
            // Members below the newcomer move one place down, to a factor that is no larger.
            while (t > 0 && members[v][t - 1] < weight) {
                gain += (factors[t] - factors[t - 1]) * members[v][t - 1];
                t--;
            }
            gain += factors[t] * weight;
        }
        return gain;
    }

    void add(int item) {
        for (int v = 0; v < members.length; v++) {
            double weight = weights[profile.rank(v, item)];
            int t = size;
            while (t > 0 && members[v][t - 1] < weight) {
                members[v][t] = members[v][t - 1];
                t--;
            }
            members[v][t] = weight;
        }
        size++;
    }
}
