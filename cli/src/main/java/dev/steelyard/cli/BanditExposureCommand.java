package dev.steelyard.cli;

import dev.steelyard.core.study.Interval;
import dev.steelyard.online.wtb.PlayLog;
import dev.steelyard.online.wtb.TallyCurve;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Loss against exposure, from a log of plays. */
@Command(
        name = "exposure",
        description = {
            "Does an action become better or worse with repetition? Mean loss by how often the action was played among the"
                    + " user's last plays, with 95 %% intervals, and the best action at full exposure.",
            "PLAYS is CSV with a header, or JSON lines: action, loss (0 best, 1 worst), and optionally user, whose memory is"
                    + " his own, and time."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard bandit exposure plays.csv", "  steelyard bandit exposure plays.jsonl --memory 5 --json"})
final class BanditExposureCommand implements Callable<Integer> {

    private static final int MOST_MEMORY = 10_000;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PLAYS", description = "Log of plays.")
    private Path file;

    @Option(
            names = "--memory",
            paramLabel = "M",
            defaultValue = "10",
            description = "How many of the last plays matter, this one included (default: 10).")
    private int memory;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        if (memory < 1 || memory > MOST_MEMORY) {
            throw new IllegalArgumentException("--memory must be between 1 and " + MOST_MEMORY + ", not " + memory);
        }
        PlayLog log = PlayLog.read(file);
        List<TallyCurve> curves = log.curves(memory);
        output.print(() -> json(log, curves), out -> print(log, curves, out));
        return 0;
    }

    /** The curve that is lowest at full exposure. */
    private Optional<TallyCurve> best(List<TallyCurve> curves) {
        return curves.stream()
                .filter(curve -> curve.loss(memory).isPresent())
                .min(Comparator.comparingDouble(
                        curve -> curve.loss(memory).orElseThrow().mean()));
    }

    /** Whether no other action could be better at full exposure, as far as they were played so often. */
    private boolean isClear(TallyCurve best, List<TallyCurve> curves) {
        double worst = best.loss(memory).orElseThrow().upper();
        return curves.stream().filter(curve -> curve != best).allMatch(curve -> curve.loss(memory)
                .map(loss -> loss.lower() > worst)
                .orElse(false));
    }

    private void print(PlayLog log, List<TallyCurve> curves, PrintWriter out) {
        int width = log.actions().stream().mapToInt(String::length).max().orElse(0);
        String name = "%-" + Math.max(6, width) + "s";
        out.printf(Locale.ROOT, name + "  %8s  %8s  %6s  %s%n", "action", "exposure", "plays", "loss", "95 %");
        for (TallyCurve curve : curves) {
            for (int tally = 1; tally <= memory; tally++) {
                Optional<Interval> loss = curve.loss(tally);
                if (loss.isPresent()) {
                    out.printf(
                            Locale.ROOT,
                            name + "  %8d  %8d  %6.3f  %s%n",
                            log.actions().get(curve.action()),
                            tally,
                            curve.counts()[tally - 1],
                            loss.get().mean(),
                            range(loss.get(), 0, 1));
                }
            }
        }
        out.println();
        for (TallyCurve curve : curves) {
            curve.change()
                    .filter(change -> memory > 1)
                    .ifPresent(change -> out.printf(
                            Locale.ROOT,
                            "%s: the loss %s from first to full exposure, by %.3f (%s).%n",
                            log.actions().get(curve.action()),
                            direction(change),
                            Math.abs(change.mean()),
                            range(change, -1, 1)));
        }
        out.println(best(curves)
                .map(best -> verdict(log, best, curves))
                .orElse("No action was played " + memory + " times among " + memory
                        + " plays of a user; ask with a smaller --memory, or log repeated plays."));
    }

    private String verdict(PlayLog log, TallyCurve best, List<TallyCurve> curves) {
        return String.format(
                Locale.ROOT,
                "Best at full exposure, memory %d: %s, loss %.3f%s.",
                memory,
                log.actions().get(best.action()),
                best.loss(memory).orElseThrow().mean(),
                isClear(best, curves)
                        ? ""
                        : "; not beyond doubt, as others' intervals reach there or they were not tried");
    }

    private static String direction(Interval change) {
        return change.upper() < 0 ? "falls" : change.lower() > 0 ? "rises" : "may fall or rise";
    }

    private static String range(Interval interval, double least, double most) {
        return String.format(
                Locale.ROOT, "%.3f to %.3f", Math.max(least, interval.lower()), Math.min(most, interval.upper()));
    }

    private Map<String, Object> json(PlayLog log, List<TallyCurve> curves) {
        List<Object> actions = new ArrayList<>();
        for (TallyCurve curve : curves) {
            List<Object> points = new ArrayList<>();
            for (int tally = 1; tally <= memory; tally++) {
                int exposure = tally;
                curve.loss(tally).ifPresent(loss -> {
                    Map<String, Object> point = new LinkedHashMap<>();
                    point.put("exposure", exposure);
                    point.put("plays", curve.counts()[exposure - 1]);
                    put(point, "loss", loss, 0, 1);
                    points.add(point);
                });
            }
            Map<String, Object> action = new LinkedHashMap<>();
            action.put("action", log.actions().get(curve.action()));
            action.put("plays", curve.plays());
            curve.change().ifPresent(change -> put(action, "change", change, -1, 1));
            action.put("curve", points);
            actions.add(action);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("memory", memory);
        json.put("users", log.users().size());
        json.put(
                "best",
                best(curves).map(best -> log.actions().get(best.action())).orElse(null));
        json.put("clear", best(curves).map(best -> isClear(best, curves)).orElse(false));
        json.put("actions", actions);
        return json;
    }

    /** Losses have known ends, so that one sample's interval is no more than these. */
    private static void put(Map<String, Object> json, String name, Interval interval, double least, double most) {
        json.put(name, interval.mean());
        json.put("lower", Math.max(least, interval.lower()));
        json.put("upper", Math.min(most, interval.upper()));
    }
}
