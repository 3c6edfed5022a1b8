package dev.steelyard.studio.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Outputs as files: a folder an item with a file a prompt, or a file an item. */
record OutputFolder(Path folder) {

    private static final String PROMPTS = "prompts.csv";

    void read(CatalogueBuilder builder) throws IOException {
        List<Path> entries = list(folder);
        List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
        List<Path> files = entries.stream()
                .filter(entry -> !Files.isDirectory(entry) && !entry.endsWith(PROMPTS))
                .toList();
        if (!folders.isEmpty() && !files.isEmpty()) {
            throw new IllegalArgumentException(files.getFirst() + " lies beside folders; put it into the folder of"
                    + " its item, or keep files only");
        }
        for (Path item : folders) {
            for (Path file : list(item)) {
                if (Files.isDirectory(file)) {
                    throw new IllegalArgumentException(
                            file + " is a folder; an item's folder holds files, one a prompt");
                }
                builder.add(name(item), new Prompt(stem(file), ""), Output.of(file), file.toString());
            }
        }
        for (Path file : files) {
            builder.add(stem(file), new Prompt("", ""), Output.of(file), file.toString());
        }
        Path prompts = folder.resolve(PROMPTS);
        if (Files.exists(prompts)) {
            new CsvTable(prompts).rows(row -> builder.describe(row.require("prompt"), row.require("text")));
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static String stem(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
