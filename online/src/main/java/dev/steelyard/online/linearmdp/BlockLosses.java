package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/**
 * An oblivious adversary: the losses of episode k are phi.theta with theta half common to all episodes, half redrawn a few
 * times, entries uniform on [0, 1].
 */
public final class BlockLosses {

    private final double[][][][] blocks;
    private final long episodes;
    private final double[][][] mean;

    /**
     * @param blocks how often the changing half is drawn
     * @param episodes K
     */
    public BlockLosses(LinearMdp mdp, int blocks, long episodes, RandomGenerator random) {
        if (blocks < 1 || episodes < blocks) {
            throw new IllegalArgumentException("there must be at least one block and one episode a block, not " + blocks
                    + " blocks in " + episodes + " episodes");
        }
        this.episodes = episodes;
        this.blocks = new double[blocks][][][];
        double[][] common = draw(mdp, random);
        for (int block = 0; block < blocks; block++) {
            double[][] theta = draw(mdp, random);
            for (int h = 0; h < theta.length; h++) {
                for (int i = 0; i < theta[h].length; i++) {
                    theta[h][i] = .5 * theta[h][i] + .5 * common[h][i];
                }
            }
            this.blocks[block] = mdp.losses(theta);
        }
        this.mean = Tables.zeros(mdp);
        for (long episode = 0; episode < episodes; episode++) {
            double[][][] losses = of(episode);
            for (int h = 0; h < mean.length; h++) {
                for (int x = 0; x < mean[h].length; x++) {
                    for (int a = 0; a < mean[h][x].length; a++) {
                        mean[h][x][a] += losses[h][x][a] / episodes;
                    }
                }
            }
        }
    }

    private static double[][] draw(LinearMdp mdp, RandomGenerator random) {
        double[][] theta = new double[mdp.horizon()][mdp.dimension()];
        for (double[] layer : theta) {
            for (int i = 0; i < layer.length; i++) {
                layer[i] = random.nextDouble();
            }
        }
        return theta;
    }

    /** The losses of an episode: [layer][state][action]. */
    public double[][][] of(long episode) {
        return blocks[(int) (episode * blocks.length / episodes)];
    }

    /** The mean over all episodes; the best fixed policy is the best one for these. */
    public double[][][] mean() {
        return mean;
    }
}
