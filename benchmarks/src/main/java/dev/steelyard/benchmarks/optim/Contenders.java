package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.Adam;
import dev.steelyard.optim.AdamOptions;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Lion;
import dev.steelyard.optim.LionOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.adamp.SgdP;
import dev.steelyard.optim.adamp.SgdPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.optim.lionk.ConvexFunction;
import dev.steelyard.optim.lionk.DeadZone;
import dev.steelyard.optim.lionk.GroupL2;
import dev.steelyard.optim.lionk.Huber;
import dev.steelyard.optim.lionk.L1;
import dev.steelyard.optim.lionk.L2;
import dev.steelyard.optim.lionk.LionK;
import dev.steelyard.optim.lionk.LionKOptions;
import dev.steelyard.optim.lionk.Lp;
import dev.steelyard.optim.lionk.SmoothAbsolute;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The optimisers under measurement by name, and the memory that a step of each must touch. */
final class Contenders {

    /** Rows of the weight, which AdamP's channels, FRUGAL's columns and the row norms look at. */
    static final int ROWS = 2500;

    /**
     * One optimiser.
     *
     * @param maker over the parameter of this name and tensor
     * @param reads tensors of the weight's size that a step reads at least
     * @param writes tensors of the weight's size that a step writes at least
     */
    record Contender(Function<Map<String, Tensor>, Optimizer> maker, double reads, double writes) {}

    private Contenders() {}

    /** All by name, in the order of the table. */
    static Map<String, Contender> all() {
        Map<String, Contender> all = new LinkedHashMap<>();
        all.put("sgd", new Contender(w -> new Sgd(w, SgdOptions.defaults()), 2, 1));
        all.put("signsgd", new Contender(w -> new SignSgd(w, SignSgdOptions.defaults()), 2, 1));
        all.put("momentum", new Contender(w -> new Sgd(w, new SgdOptions(1e-3, 0.9, 0, false, 0)), 3, 2));
        all.put("lion", new Contender(w -> new Lion(w, LionOptions.defaults()), 3, 2));
        all.put("adam", new Contender(w -> new Adam(w, AdamOptions.defaults()), 4, 3));
        all.put("adamw", new Contender(w -> new AdamW(w, AdamWOptions.defaults()), 4, 3));
        // Two passes: gradient, weight and buffers; then weight and buffers again.
        all.put("adamp", new Contender(w -> new AdamP(w, AdamPOptions.defaults()), 7, 3));
        all.put("sgdp", new Contender(w -> new SgdP(w, SgdPOptions.of(1e-3).withMomentum(0.9)), 5, 2));
        lionK(all, "lion-k l1", new L1(), 3);
        lionK(all, "lion-k huber", new Huber(0.01), 3);
        lionK(all, "lion-k dead zone", new DeadZone(0.01), 3);
        lionK(all, "lion-k smooth", new SmoothAbsolute(0.01), 3);
        lionK(all, "lion-k l2", new L2(), 5);
        lionK(all, "lion-k rows", new GroupL2(), 5);
        lionK(all, "lion-k lp 1.5", new Lp(1.5), 5);
        all.put(
                "lion-k bfloat16",
                new Contender(w -> LionK.of(w, LionKOptions.lion(1e-4, 0.1).momentumIn(DType.BFLOAT16)), 2.5, 1.5));
        // A quarter of the weight has two moments.
        frugal(all, "frugal columns", new Subspace.Columns());
        frugal(all, "frugal rows", new Subspace.Rows());
        frugal(all, "frugal entries", new Subspace.Entries());
        all.put("frugal none", new Contender(w -> new Frugal(w, frugal(new Subspace.Columns(), 0)), 2, 1));
        return all;
    }

    private static void lionK(Map<String, Contender> all, String name, ConvexFunction function, double reads) {
        all.put(name, new Contender(w -> LionK.of(w, LionKOptions.of(function, 1e-4, 0.1)), reads, 2));
    }

    private static void frugal(Map<String, Contender> all, String name, Subspace subspace) {
        all.put(name, new Contender(w -> new Frugal(w, frugal(subspace, 0.25)), 2.5, 1.5));
    }

    private static FrugalOptions frugal(Subspace subspace, double density) {
        return FrugalOptions.defaults().withSubspace(subspace).withDensity(density);
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Contender of(String name) {
        Map<String, Contender> all = all();
        Contender contender = all.get(name);
        if (contender == null) {
            throw new IllegalArgumentException("no optimiser is called '" + name + "'; there are " + all.keySet());
        }
        return contender;
    }
}
