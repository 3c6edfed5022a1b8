package dev.steelyard.ranking.fairsubset;

import dev.steelyard.ranking.letor.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rankings in a file: PrefLib's {@code .soc} and {@code .soi} (lines {@code count: 3,1,2}, names in {@code # ALTERNATIVE
 * NAME 1: x}), or CSV with a ranking of names a line, best first.
 *
 * @param profile the rankings; a PrefLib line with a count is repeated so often
 * @param names of the items by their number
 */
public record PrefLibFile(RankingProfile profile, List<String> names) {

    private static final int MOST_RANKINGS = 5_000_000;
    private static final int MOST_ITEMS = 1_000_000;
    private static final String NAME = "# ALTERNATIVE NAME ";
    private static final String COUNT = "# NUMBER ALTERNATIVES:";

    /** What becomes of a ranking that leaves items out. */
    public enum Incomplete {
        /** It is refused. */
        REFUSE,
        /** The items left out follow in the order of their numbers. */
        APPEND
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if a line is no ranking; the message names file and line
     */
    public static PrefLibFile read(Path file, Incomplete incomplete) throws IOException {
        List<String> lines = lines(file);
        String name = file.getFileName().toString();
        boolean csv = name.endsWith(".csv") || name.endsWith(".csv.gz");
        return csv ? readNames(file, lines, incomplete) : readNumbers(file, lines, incomplete);
    }

    /** The lines, without the mark with which some editors begin a file of UTF-8. */
    private static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        TextLines.read(file, (number, line) -> lines.add(line));
        return lines;
    }

    private static PrefLibFile readNumbers(Path file, List<String> lines, Incomplete incomplete) {
        Map<Integer, String> names = new LinkedHashMap<>();
        List<Line> rankings = new ArrayList<>();
        int items = 0;
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n).strip();
            if (line.startsWith(NAME)) {
                String[] parts = line.substring(NAME.length()).split(":", 2);
                names.put(number(file, n, parts[0].strip()), parts.length > 1 ? parts[1].strip() : parts[0]);
            } else if (line.startsWith(COUNT)) {
                // A ballot may leave out items that no other ballot names either.
                int count = number(file, n, line.substring(COUNT.length()).strip());
                items = Math.max(items, readable(file, n, count));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                int colon = line.indexOf(':');
                if (colon < 0) {
                    throw at(file, n, "a ranking must look like '5: 2,1,3', with the number of voters first");
                }
                int[] ranking = numbers(file, n, line.substring(colon + 1));
                for (int item : ranking) {
                    items = Math.max(items, readable(file, n, item));
                }
                rankings.add(
                        new Line(n, number(file, n, line.substring(0, colon).strip()), ranking));
            }
        }
        items = Math.max(items, names.size());
        List<String> all = new ArrayList<>();
        for (int item = 1; item <= items; item++) {
            all.add(names.getOrDefault(item, Integer.toString(item)));
        }
        rankings.replaceAll(line -> new Line(
                line.number(),
                line.count(),
                Arrays.stream(line.ranking()).map(i -> i - 1).toArray()));
        return profile(file, rankings, all, incomplete);
    }

    private static int readable(Path file, int line, int items) {
        if (items > MOST_ITEMS) {
            throw at(file, line, "item " + items + " is beyond the " + MOST_ITEMS + " items that are read");
        }
        return items;
    }

    private static PrefLibFile readNames(Path file, List<String> lines, Incomplete incomplete) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Line> rankings = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            if (lines.get(n).isBlank()) {
                continue;
            }
            String[] names = lines.get(n).split(",");
            int[] ranking = new int[names.length];
            for (int rank = 0; rank < names.length; rank++) {
                String name = names[rank].strip();
                if (name.isEmpty()) {
                    throw at(file, n, "place " + (rank + 1) + " is empty; each must hold an item's name");
                }
                numbers.putIfAbsent(name, numbers.size());
                ranking[rank] = numbers.get(name);
            }
            rankings.add(new Line(n, 1, ranking));
        }
        return profile(file, rankings, List.copyOf(numbers.keySet()), incomplete);
    }

    private record Line(int number, int count, int[] ranking) {}

    private static PrefLibFile profile(Path file, List<Line> lines, List<String> names, Incomplete incomplete) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no ranking");
        }
        List<int[]> rankings = new ArrayList<>();
        for (Line line : lines) {
            int[] ranking = complete(file, line, names, incomplete);
            if ((long) rankings.size() + line.count() > MOST_RANKINGS) {
                throw at(file, line.number(), "there are more than " + MOST_RANKINGS + " rankings");
            }
            for (int copy = 0; copy < line.count(); copy++) {
                rankings.add(ranking);
            }
        }
        if (rankings.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no ranking: each is of 0 voters");
        }
        return new PrefLibFile(RankingProfile.of(rankings.toArray(int[][]::new)), names);
    }

    private static int[] complete(Path file, Line line, List<String> names, Incomplete incomplete) {
        boolean[] ranked = new boolean[names.size()];
        for (int item : line.ranking()) {
            if (item < 0 || item >= ranked.length) {
                throw at(file, line.number(), "there is no item " + (item + 1) + "; items are counted from 1");
            }
            if (ranked[item]) {
                throw at(file, line.number(), "item '" + names.get(item) + "' is ranked twice");
            }
            ranked[item] = true;
        }
        if (line.ranking().length == ranked.length) {
            return line.ranking();
        }
        if (incomplete == Incomplete.REFUSE) {
            throw at(
                    file,
                    line.number(),
                    "ranks " + line.ranking().length + " of " + ranked.length
                            + " items; complete it, or ask for items left out to be appended");
        }
        int[] completed = Arrays.copyOf(line.ranking(), ranked.length);
        int next = line.ranking().length;
        for (int item = 0; item < ranked.length; item++) {
            if (!ranked[item]) {
                completed[next++] = item;
            }
        }
        return completed;
    }

    /** The file's lines, without the mark that spreadsheets put in front of the first. */
    private static int[] numbers(Path file, int line, String text) {
        if (text.contains("{")) {
            throw at(file, line, "ties ({...}) are not supported; break them first");
        }
        return Arrays.stream(text.split(","))
                .mapToInt(part -> number(file, line, part.strip()))
                .toArray();
    }

    private static int number(Path file, int line, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw at(file, line, "'" + text + "' is no whole number");
        }
        throw at(file, line, "'" + text + "' is negative");
    }

    private static IllegalArgumentException at(Path file, int line, String problem) {
        return new IllegalArgumentException(file + ":" + (line + 1) + ": " + problem);
    }

    /**
     * Reads groups: CSV lines {@code item,group}.
     *
     * @param names of the items, in their order
     * @throws IllegalArgumentException if a line is malformed, names an unknown item or one twice, or an item has no group
     */
    public static Groups groups(Path file, List<String> names) throws IOException {
        Map<String, Integer> groups = new LinkedHashMap<>();
        Map<Integer, Integer> ofItem = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int n = 0; n < lines.size(); n++) {
            if (lines.get(n).isBlank()) {
                continue;
            }
            String[] parts = lines.get(n).split(",");
            if (parts.length != 2) {
                throw at(file, n, "a line must be 'item,group'");
            }
            int item = names.indexOf(parts[0].strip());
            if (item < 0) {
                throw at(file, n, "no ranking names the item '" + parts[0].strip() + "'");
            }
            groups.putIfAbsent(parts[1].strip(), groups.size());
            if (ofItem.put(item, groups.get(parts[1].strip())) != null) {
                throw at(file, n, "item '" + parts[0].strip() + "' has a group already");
            }
        }
        for (int item = 0; item < names.size(); item++) {
            if (!ofItem.containsKey(item)) {
                throw new IllegalArgumentException(file + ": item '" + names.get(item) + "' has no group");
            }
        }
        List<Integer> of = new ArrayList<>();
        for (int item = 0; item < names.size(); item++) {
            of.add(ofItem.get(item));
        }
        return new Groups(of, List.copyOf(groups.keySet()));
    }
}
