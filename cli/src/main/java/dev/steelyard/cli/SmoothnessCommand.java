package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.fairsubset.BiasModel;
import dev.steelyard.ranking.fairsubset.Culture;
import dev.steelyard.ranking.fairsubset.Groups;
import dev.steelyard.ranking.fairsubset.ScoreFunction;
import dev.steelyard.ranking.fairsubset.Smoothness;
import dev.steelyard.ranking.fairsubset.SwapBias;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which rule a quota can rescue. */
@Command(
        name = "smoothness",
        description =
                "Estimate, for a culture and a bias, which selection rule a quota can rescue, and how many rankings"
                        + " that takes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard smoothness --culture mallows:0.8 --bias swap:0.5,0.9",
            "  steelyard smoothness --culture ic --bias swap:0.5,0.5 --rules borda,cc,sntv --json"
        })
final class SmoothnessCommand implements Callable<Integer> {

    private static final double[] BETAS = {.5, .7, .8, .9, .95};
    private static final double FAILURE = .05;

    @Mixin
    private Common common;

    @Option(
            names = "--culture",
            paramLabel = "NAME",
            defaultValue = "ic",
            description = "ic (default), mallows:PHI, norm-mallows:RELPHI, urn, single-peaked.")
    private String culture;

    @Option(
            names = "--bias",
            paramLabel = "NAME",
            defaultValue = "swap:0.5,0.5",
            description = "swap:PHI,LAMBDA (default: swap:0.5,0.5) or none.")
    private String bias;

    @Option(
            names = "--rules",
            paramLabel = "NAMES",
            split = ",",
            defaultValue = "borda,bloc,sntv",
            description = "Rules to compare (default: borda,bloc,sntv).")
    private List<String> rules;

    @Option(names = "--items", paramLabel = "M", defaultValue = "10", description = "Items (default: 10).")
    private int items;

    @Option(
            names = "--k",
            paramLabel = "K",
            defaultValue = "4",
            description = "Committee's size, which is the length of bloc and the like (default: 4).")
    private int size;

    @Option(names = "--rankings", paramLabel = "N", defaultValue = "10", description = "Rankings (default: 10).")
    private int voters;

    @Option(names = "--draws", paramLabel = "D", defaultValue = "500", description = "Elections drawn (default: 500).")
    private int draws;

    @Mixin
    private SeedOption seed;

    @Mixin
    private Output output;

    private record Row(String rule, Smoothness smoothness) {}

    @Override
    public Integer call() {
        if (items < 2 || voters < 1 || draws < 2) {
            throw new IllegalArgumentException("--items must be at least 2, --rankings 1 and --draws 2, not " + items
                    + ", " + voters + " and " + draws);
        }
        Culture known = Culture.named(culture);
        BiasModel model = bias();
        int[] groups = new int[items];
        for (int item = 0; item < items; item++) {
            groups[item] = item % 2;
        }
        List<Row> rows = new ArrayList<>();
        for (String rule : rules) {
            rows.add(new Row(
                    rule,
                    Smoothness.estimate(
                            known,
                            model,
                            ScoreFunction.named(rule, size),
                            Groups.of(groups),
                            size,
                            voters,
                            draws,
                            Seeds.root(seed.seed()).generator("smoothness"))));
        }
        output.print(() -> rows.stream().map(SmoothnessCommand::json).toList(), out -> print(rows, out));
        return 0;
    }

    private BiasModel bias() {
        if (bias.equals("none")) {
            return BiasModel.none();
        }
        String[] parts =
                bias.startsWith("swap:") ? bias.substring("swap:".length()).split(",") : new String[0];
        try {
            if (parts.length == 2) {
                return new SwapBias(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--bias " + bias + ": " + e.getMessage() + "; it looks like swap:0.5,0.9", e);
        }
        throw new IllegalArgumentException("--bias must be none or swap:PHI,LAMBDA, was '" + bias + "'");
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", row.rule());
        json.put("alpha", row.smoothness().alpha());
        json.put("alphaError", row.smoothness().alphaError());
        List<Object> table = new ArrayList<>();
        for (double beta : BETAS) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("beta", beta);
            line.put("gamma", row.smoothness().gamma(beta));
            OptionalLong required = row.smoothness().requiredRankings(beta, FAILURE);
            line.put("rankings", required.isPresent() ? required.getAsLong() : null);
            table.add(line);
        }
        json.put("gamma", table);
        return json;
    }

    private static void print(List<Row> rows, PrintWriter out) {
        out.printf(
                Locale.ROOT, "%-18s %-19s %6s %9s %20s%n", "rule", "alpha", "beta", "gamma", "rankings that suffice");
        for (Row row : rows) {
            Smoothness smoothness = row.smoothness();
            String alpha = String.format(Locale.ROOT, "%.4f +- %.4f", smoothness.alpha(), smoothness.alphaError());
            for (double beta : BETAS) {
                OptionalLong required = smoothness.requiredRankings(beta, FAILURE);
                out.printf(
                        Locale.ROOT,
                        "%-18s %-19s %6.2f %9.3f %20s%n",
                        row.rule(),
                        alpha,
                        beta,
                        smoothness.gamma(beta),
                        required.isPresent() ? Long.toString(required.getAsLong()) : "no finite number");
            }
        }
    }
}
