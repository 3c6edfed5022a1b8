package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.optim.frugal.Subspace.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Whose turn it is: the tensors that have state in a period, by their numbers in the model's order. */
record BlockTurns(Order order, int tensors, int active, long seed) {

    BlockTurns {
        if (order == Order.MIRROR && active % 2 != 0) {
            throw new IllegalArgumentException("mirror order needs an even number of active tensors, but density gives "
                    + active + " of " + tensors + "; change the density or the order");
        }
    }

    /** The choice of a period, counted from 0. */
    List<Integer> turn(long period) {
        List<Integer> chosen = new ArrayList<>();
        switch (order) {
            case RANDOM -> {
                List<Integer> all = new ArrayList<>();
                for (int i = 0; i < tensors; i++) {
                    all.add(i);
                }
                RandomGenerator random = Seeds.root(seed).generator("blocks", period);
                Collections.shuffle(all, java.util.Random.from(random));
                chosen.addAll(all.subList(0, active));
            }
            case ASCENDING -> {
                for (int i = 0; i < active; i++) {
                    chosen.add((int) Math.floorMod(period * active + i, (long) tensors));
                }
            }
            case DESCENDING -> {
                for (int i = 0; i < active; i++) {
                    chosen.add((int) Math.floorMod(tensors - 1 - period * active - i, (long) tensors));
                }
            }
            case MIRROR -> {
                int half = active / 2;
                // As in the paper's code: of an odd number of tensors the middle one never has its turn.
                int front = tensors / 2;
                for (int i = 0; i < half; i++) {
                    int tensor = (int) Math.floorMod(period * half + i, (long) front);
                    chosen.add(tensor);
                    chosen.add(tensors - 1 - tensor);
                }
            }
        }
        return chosen;
    }
}
