package dev.steelyard.online.groupwiseregret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Public tables that the study runs on where they are found. */
enum RealTable {
    MEDICAL("Medical costs", "insurance.csv", "medical"),
    ADULT("Adult, income as a number", "adult_reconstruction.csv", "adult"),
    ADULT_BINARY("Adult, income above 50,000 or not", "adult.csv", "adult-binary"),
    RAND("RAND health insurance experiment", "randhie.csv", "rand");

    private static final String PROPERTY = "steelyard.data";

    /** Where Debian's package python3-statsmodels has the RAND table. */
    private static final Path DEBIAN = Path.of("/usr/lib/python3/dist-packages/statsmodels/datasets/randhie");

    private final String title;
    private final String file;
    private final String specification;

    RealTable(String title, String file, String specification) {
        this.title = title;
        this.file = file;
        this.specification = specification;
    }

    String title() {
        return title;
    }

    static Optional<RealTable> titled(String title) {
        return Arrays.stream(values())
                .filter(table -> table.title.equals(title))
                .findFirst();
    }

    Optional<Path> path() {
        return Stream.of(Stream.ofNullable(System.getProperty(PROPERTY)).map(Path::of), Stream.of(DEBIAN))
                .flatMap(folders -> folders)
                .map(folder -> folder.resolve(file))
                .filter(Files::isReadable)
                .findFirst();
    }

    GroupedTable read(Path path) {
        try {
            return GroupedTable.read(path, GroupSpecification.builtIn(specification));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Those that are there. */
    static Map<RealTable, GroupedTable> found() {
        Map<RealTable, GroupedTable> found = new EnumMap<>(RealTable.class);
        for (RealTable table : values()) {
            table.path().ifPresent(path -> found.put(table, table.read(path)));
        }
        return found;
    }

    String missing() {
        return title + " was not run: no " + file + " was found in the folder of the system property " + PROPERTY
                + ", which the launcher takes from STEELYARD_DATA.";
    }
}
