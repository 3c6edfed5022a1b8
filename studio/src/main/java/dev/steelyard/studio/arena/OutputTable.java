package dev.steelyard.studio.arena;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Outputs as rows of a table: model, prompt, and text or file. */
record OutputTable(Path table) {

    void read(CatalogueBuilder builder) throws IOException {
        new CsvTable(table).rows(row -> {
            String item = row.find("model")
                    .or(() -> row.find("item"))
                    .orElseThrow(() -> row.error("it names no model; the columns are model, prompt, and text or file"));
            String prompt = row.find("prompt").orElse("");
            builder.add(item, new Prompt(prompt, prompt), output(row), row.place());
        });
    }

    private Output output(CsvTable.Row row) {
        if (row.find("file").isEmpty()) {
            return Output.text(row.find("text").orElseThrow(() -> row.error("it has neither a text nor a file")));
        }
        Path file = table.toAbsolutePath().resolveSibling(row.require("file"));
        if (!Files.isReadable(file)) {
            throw row.error("there is no file " + file + " that can be read; files are sought beside the table");
        }
        try {
            return Output.of(file);
        } catch (IllegalArgumentException e) {
            throw row.error(e.getMessage());
        }
    }
}
