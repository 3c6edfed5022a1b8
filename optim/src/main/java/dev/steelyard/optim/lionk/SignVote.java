package dev.steelyard.optim.lionk;

import java.util.List;

/** How the server of Distributed Lion makes one vector of the workers' signs. */
public enum SignVote {
    /** The sign of the sum: one bit an element back, if no vote is tied; a tie gives 0, and the element rests. */
    MAJORITY,
    /** The mean: back go the sums, about {@code log2(2 n + 1)} bits an element for n workers. */
    MEAN;

    /**
     * What goes back to every worker.
     *
     * @param votes a message a worker, all of equal length
     * @throws IllegalArgumentException if there is none, or their lengths differ
     */
    public SignMessage count(List<SignMessage> votes) {
        if (votes.isEmpty()) {
            throw new IllegalArgumentException("a vote needs at least one worker");
        }
        int[] sums = votes.getFirst().numbers();
        for (SignMessage vote : votes.subList(1, votes.size())) {
            int[] numbers = vote.numbers();
            if (numbers.length != sums.length) {
                throw new IllegalArgumentException(
                        "votes must be of one length, were of " + sums.length + " and " + numbers.length);
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += numbers[i];
            }
        }
        if (this == MAJORITY) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Integer.signum(sums[i]);
            }
        }
        return SignMessage.of(sums);
    }

    /** What the sums that came back are divided by to make the step's direction. */
    int divisor(int workers) {
        return this == MEAN ? workers : 1;
    }
}
